"""An import in two steps: the file is kept while its owner looks at what it would do, then done."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from trainer.accounts.models import User
from trainer.cards.errors import OwnerGone
from trainer.cards.models import ImportDraft, OwnCard, Remark
from trainer.cards.sharing.plan import ORIGIN, Plan, plan
from trainer.cards.sharing.reading import read
from trainer.cards.site import site_cards
from trainer.schedule import services as schedule

KEPT: Final = timedelta(days=1)
NAME_LENGTH: Final = 100
_AT_ONCE: Final = 1_000  # rows in one statement


@transaction.atomic
def keep(owner: User, name: str, content: bytes, now: datetime) -> ImportDraft:
    """Keeps a file, which could be read, for its owner to confirm; one kept before goes, and with
    it its id: a page that shows the one cannot confirm the other. Raises OwnerGone."""
    if not schedule.lock(owner):
        raise OwnerGone("You signed in or out meanwhile. Choose the file again.")
    drop(owner)
    return ImportDraft.objects.create(
        owner=owner, name=name[-NAME_LENGTH:], content=content, made_at=now
    )


def draft_of(owner: User | None) -> ImportDraft | None:
    """The file that waits to be confirmed, if any."""
    return ImportDraft.objects.filter(owner=owner).first() if owner else None


def foreseen(draft: ImportDraft) -> Plan:
    """What it would do to its owner's cards as they are now. Raises Unreadable, as a file can wait
    while its reader changes."""
    return plan(draft.owner, read(draft.name, bytes(draft.content)))


@transaction.atomic
def bring(draft: ImportDraft, now: datetime) -> Plan | None:
    """Does it; the draft goes. Cards that are changed keep their schedule. None, with nothing done,
    where the draft is gone meanwhile. Raises Unreadable."""
    schedule.lock(draft.owner)
    if not ImportDraft.objects.filter(pk=draft.pk, owner=draft.owner).exists():
        return None
    done = foreseen(draft)
    _add(draft.owner, done, now)
    _change(done, now)
    _note(draft.owner, done, now)
    draft.delete()
    return done


def drop(owner: User) -> None:
    """Lets the kept file go, with nothing imported."""
    ImportDraft.objects.filter(owner=owner).delete()


def forget_drafts(now: datetime) -> None:
    """Lets go of every file that waits for longer than a day."""
    ImportDraft.objects.filter(made_at__lt=now - KEPT).delete()


def _add(owner: User, done: Plan, now: datetime) -> None:
    cards = [
        OwnCard(
            owner=owner,
            front=row.front,
            back=row.back,
            tags=list(row.tags or ()),
            origin=f"{ORIGIN}{row.id}" if row.id else "",
            # New cards are asked in the order of their making: here, that of the file.
            created_at=now + timedelta(microseconds=place),
            changed_at=now,
        )
        for place, row in enumerate(done.new)
    ]
    OwnCard.objects.bulk_create(cards, batch_size=_AT_ONCE)


def _change(done: Plan, now: datetime) -> None:
    cards = []
    for change in done.changed:
        card = change.card
        card.tags = list(change.tags)
        card.front, card.back, card.changed_at = change.row.front, change.row.back, now
        cards.append(card)
    fields = ["front", "back", "tags", "changed_at"]
    OwnCard.objects.bulk_update(cards, fields, batch_size=_AT_ONCE)


def _note(owner: User, done: Plan, now: datetime) -> None:
    there: dict[str, Sequence[str]] = {key: card.tags for key, card in site_cards().items()}
    there |= dict(Remark.objects.filter(owner=owner).values_list("key", "tags"))
    rows = [
        Remark(
            owner=owner,
            key=row.key,
            note=row.note,
            tags=list(there[row.key] if row.tags is None else row.tags),
            changed_at=now,
        )
        for row in done.notes
    ]
    Remark.objects.bulk_create(
        rows,
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["owner", "key"],
        update_fields=["note", "tags", "changed_at"],
    )
