"""The verbs of study: an answer, taking it back, setting a card aside."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from trainer.accounts.models import User
from trainer.cards.chosen import content_cards
from trainer.cards.errors import OwnerGone, UnknownCard
from trainer.cards.keys import CARDS, OWN
from trainer.cards.models import OwnCard
from trainer.catalog.packs import pack_slugs
from trainer.schedule import selectors as schedule
from trainer.schedule import services
from trainer.schedule.models import Preferences
from trainer.schedule.terms import day_end

LATEST: Final = timedelta(days=60)  # an answer that says it is older has a wrong clock


@dataclass(frozen=True, slots=True)
class Answer:
    """`once` names the answer, so that it counts once however often it is sent. `at`: by the
    person's clock. `seen`: how often the card had been answered when it was shown (None: unknown).
    `rating`: 1 to 4."""

    once: str
    key: str
    rating: int
    at: datetime
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer counts. `told`: what the person should know of it, a sentence or two ("": none).
    `leech`: this answer set the card aside."""

    once: str
    told: str = ""
    leech: bool = False


@transaction.atomic
def answer(owner: User, given: Answer, now: datetime) -> Taken:
    """Stores the answer once. Raises UnknownCard, OwnerGone, or ValueError for a rating that is
    not 1 to 4."""
    if not services.lock(owner):
        raise OwnerGone("You signed in or out meanwhile. Reload the page, then answer again.")
    check(owner, given.key)
    preferences = schedule.preferences(owner)
    recorded = services.record(
        owner,
        given.key,
        given.rating,
        _believed(given.at, now),
        once=given.once,
        preferences=preferences,
    )
    if not recorded.is_new:
        return Taken(given.once)
    return Taken(given.once, _told(given, recorded, preferences), recorded.leech)


def undo(owner: User, once: str = "") -> str | None:
    """Takes back that answer, or the newest where none is named; the key of its card. None where
    it is taken back already."""
    review = services.undo(owner, CARDS, once)
    return review.key if review else None


def suspend(owner: User, key: str, now: datetime) -> None:
    """The card is not asked until it is brought back. Raises UnknownCard."""
    check(owner, key)
    services.suspend(owner, key, now)


def resume(owner: User, key: str, now: datetime) -> None:
    """The card is asked again. Raises UnknownCard."""
    check(owner, key)
    services.resume(owner, key, now)


def bury(owner: User, key: str, now: datetime) -> None:
    """The card is not asked before tomorrow. Raises UnknownCard."""
    check(owner, key)
    offset = schedule.preferences(owner).utc_offset_min
    services.bury(owner, key, now, day_end(now, offset))


def check(owner: User, key: str) -> None:
    """Raises UnknownCard for what is no card of the site, and no card of this person."""
    if key.startswith(OWN):
        known = OwnCard.objects.filter(owner=owner, pk=key.removeprefix(OWN)).exists()
    else:
        known = any(key in content_cards(pack) for pack in pack_slugs())
    if not known:
        raise UnknownCard(
            f"There is no card {key[:60]!r} here (any more). Nothing was counted; the "
            "next card is unaffected."
        )


def _believed(at: datetime, now: datetime) -> datetime:
    """No answer is given in the future; one of long ago comes from a clock that is wrong."""
    return now if at > now or at < now - LATEST else at


def _told(given: Answer, recorded: services.Recorded, preferences: Preferences) -> str:
    before = recorded.before
    if recorded.leech:
        return (
            f"This card slipped {recorded.item.lapses} times and is set aside. Read about it, "
            "write a note of your own, then bring it back from your cards."
        )
    if before and before.suspended:
        return "This card was set aside meanwhile. The answer counts; the card stays aside."
    if before and given.seen is not None and before.reviews > given.seen:
        at = before.reviewed_at + timedelta(minutes=preferences.utc_offset_min)
        return f"This card was also answered elsewhere, at {at:%H:%M}. Both answers count."
    return ""
