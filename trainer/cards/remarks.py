"""One's own note and tags on a card that is made from content."""

from datetime import datetime

from django.db import transaction

from trainer.accounts.models import User
from trainer.cards.chosen import content_cards
from trainer.cards.errors import CardsError, UnknownCard
from trainer.cards.keys import pack_of
from trainer.cards.models import Remark
from trainer.cards.services import check
from trainer.cards.tags import split_tags
from trainer.schedule.services import lock


class ChangedElsewhere(CardsError):
    """The note is not what the page had: it was changed on another device. Nothing was stored."""

    def __init__(self, theirs: str) -> None:
        super().__init__(
            "This note was changed elsewhere since the page was loaded. Both texts are below: "
            "put together what you want to keep, and save again."
        )
        self.theirs = theirs


@transaction.atomic
def remark(owner: User, key: str, note: str, tags: str, was: str, now: datetime) -> None:
    """Keeps the note and the tags; an empty note with the card's own tags leaves nothing behind.
    `was`: the note as it was read.

    Raises UnknownCard, ChangedElsewhere, or ValueError for what is no text or no tags.
    """
    note, was = _lines(note).strip(), _lines(was).strip()
    if "\x00" in note + tags:
        raise ValueError("The note holds a character that cannot be stored. Take it out.")
    kept = split_tags(tags)
    lock(owner)
    check(owner, key)
    pack = pack_of(key)
    if pack is None:
        raise UnknownCard("A card of your own has no note: edit the card itself.")
    found = Remark.objects.filter(owner=owner, key=key).first()
    if found and found.note not in (was, note):
        raise ChangedElsewhere(found.note)
    if not note and kept == content_cards(pack)[key].tags:
        Remark.objects.filter(owner=owner, key=key).delete()
        return
    Remark.objects.update_or_create(
        owner=owner, key=key, defaults={"note": note, "tags": list(kept), "changed_at": now}
    )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
