"""A guest's cards and notes join those of an account."""

from django.db.models import OuterRef, Subquery

from trainer.accounts.models import User
from trainer.cards.keys import own_key
from trainer.cards.models import MOST_TAGS, OwnCard, Remark
from trainer.schedule.merging import rename


def keep(guest: User, account: User) -> None:
    """Of a card that both brought, the answers go to the account's. Of a card on which both wrote,
    the account's note goes on with the guest's."""
    rename(guest, _twins(guest, account))
    ours = {remark.key: remark for remark in Remark.objects.filter(owner=account)}
    for theirs in Remark.objects.filter(owner=guest, key__in=ours):
        _take_over(ours[theirs.key], theirs)


def _twins(guest: User, account: User) -> dict[str, str]:
    """By the key of the guest's card: that of the account's of the same origin."""
    same = OwnCard.objects.filter(owner=account, origin=OuterRef("origin")).values("id")
    brought = OwnCard.objects.filter(owner=guest).exclude(origin="")
    pairs = brought.annotate(twin=Subquery(same)).exclude(twin=None).values_list("id", "twin")
    return {own_key(one): own_key(other) for one, other in pairs}


def _take_over(remark: Remark, theirs: Remark) -> None:
    notes = [remark.note, theirs.note] if theirs.note not in remark.note else [remark.note]
    remark.note = "\n\n".join(note for note in notes if note)
    remark.tags = list(dict.fromkeys([*remark.tags, *theirs.tags]))[:MOST_TAGS]
    remark.changed_at = max(remark.changed_at, theirs.changed_at)
    remark.save()
