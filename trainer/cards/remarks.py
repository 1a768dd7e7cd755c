"""One's own note and tags on a card that is made from content."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on a card: the note ("": none), and the tags."""

    note: str
    tags: tuple[str, ...]


class ChangedElsewhere(CardsError):
    """The note or its tags are not what the page had: another device changed or deleted them.
    Nothing was stored. `written`: as they are now."""

    def __init__(self, written: Written) -> None:
        super().__init__(
            "This note was changed elsewhere since the page was loaded. Both texts are below: "
            "put together what you want to keep, and save again."
        )
        self.written = written


@transaction.atomic
def remark(owner: User, key: str, note: str, tags: str, was: Written, now: datetime) -> None:
    """Keeps the note and the tags; an empty note with the card's own tags leaves nothing behind.
    `was`: both as they were read.

    Raises UnknownCard, ChangedElsewhere, or ValueError for what is no text or no tags.
    """
    if "\x00" in note + tags:
        raise ValueError("The note holds a character that cannot be stored. Take it out.")
    wanted = Written(note.strip(), split_tags(tags))
    lock(owner)
    check(owner, key)
    pack = pack_of(key)
    if pack is None:
        raise UnknownCard("A card of your own has no note: edit the card itself.")
    bare = Written("", content_cards(pack)[key].tags)
    found = Remark.objects.filter(owner=owner, key=key).first()
    there = Written(found.note, tuple(found.tags)) if found else bare
    if there not in (wanted, was):
        raise ChangedElsewhere(there)
    if wanted == bare:
        Remark.objects.filter(owner=owner, key=key).delete()
        return
    kept = {"note": wanted.note, "tags": list(wanted.tags), "changed_at": now}
    Remark.objects.update_or_create(owner=owner, key=key, defaults=kept)
