"""The verbs of one's own cards."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trainer.accounts.models import User
from trainer.cards.errors import CardsError, UnknownCard
from trainer.cards.models import MOST_CARDS, OwnCard
from trainer.cards.tags import checked_tags
from trainer.cards.texts import side
from trainer.schedule import services as schedule


class TooMany(CardsError):
    """This person has as many cards as one may have."""


class ChangedElsewhere(CardsError):
    """The card is not what the page had: another device changed it. Nothing was stored. `card`: as
    it is now."""

    def __init__(self, card: OwnCard) -> None:
        super().__init__(
            "This card was changed elsewhere since the page was loaded. Both texts are below: put "
            "together what you want to keep, and save again."
        )
        self.card = card


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on a card."""

    front: str
    back: str
    tags: tuple[str, ...] = ()


@transaction.atomic
def add(owner: User, words: Words, now: datetime, origin: str = "") -> OwnCard:
    """A new card; of an `origin` that made one before, that one as it is.

    Raises TooMany, or ValueError for words that cannot be kept.
    """
    schedule.lock(owner)
    there = OwnCard.objects.filter(owner=owner, origin=origin).first() if origin else None
    if there is not None:
        return there
    if OwnCard.objects.filter(owner=owner).count() >= MOST_CARDS:
        raise TooMany(f"You have {MOST_CARDS:,} cards, which are the most. Delete one first.")
    return OwnCard.objects.create(
        owner=owner, origin=origin, created_at=now, changed_at=now, **_kept(words)
    )


@transaction.atomic
def change(card: OwnCard, words: Words, was: str, now: datetime) -> None:
    """The card with other words; when it comes back stays as it is. `was`: the `version` over which
    they were written.

    Raises ChangedElsewhere, UnknownCard where it was deleted meanwhile, or ValueError.
    """
    kept = _kept(words)
    there = OwnCard.objects.select_for_update().filter(pk=card.pk).first()
    if there is None:
        raise UnknownCard("This card was deleted elsewhere.")
    if kept == {"front": there.front, "back": there.back, "tags": there.tags}:
        return
    if version(there) != was:
        raise ChangedElsewhere(there)
    OwnCard.objects.filter(pk=card.pk).update(changed_at=now, **kept)


def version(card: OwnCard) -> str:
    """Tells whether a card is still what it was: each change makes another."""
    return card.changed_at.isoformat()


@transaction.atomic
def delete(card: OwnCard) -> None:
    """The card goes, with its answers and when it comes back."""
    schedule.forget(card.owner, card.key)
    card.delete()


def _kept(words: Words) -> dict[str, object]:
    front, back = side(words.front, "front"), side(words.back, "back")
    return {"front": front, "back": back, "tags": list(checked_tags(words.tags))}
