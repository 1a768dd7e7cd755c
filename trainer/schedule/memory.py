"""When an item comes back, by FSRS (py-fsrs): a thin adapter without a clock or chance. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from fsrs import Card, Rating, Scheduler

RETENTION: Final = 0.9  # the share of items that shall still be known when they come back
_MOST_DAYS: Final = 365


class Given(NamedTuple):
    """An answer: `rating` is 1 (not known), 2 (with trouble), 3 (known), 4 (easily)."""

    at: datetime
    rating: int


@dataclass(frozen=True, slots=True)
class Memory:
    """`stored` is py-fsrs's own dictionary of a card."""

    due: datetime
    stored: dict[str, Any]


def remembered(
    answers: Iterable[Given], retention: float = RETENTION, steps: tuple[timedelta, ...] = ()
) -> Memory:
    """What all answers to one item, in order of time, leave behind. `steps` are waits of less than
    a day before days are counted; a drill has none. `retention`: 0.7 to 0.97.

    Raises ValueError for no answers, or a rating that is not 1 to 4.
    """
    scheduler = Scheduler(
        desired_retention=retention,
        learning_steps=steps,
        relearning_steps=steps,
        maximum_interval=_MOST_DAYS,
        enable_fuzzing=False,
    )
    card: Card | None = None
    for given in sorted(answers):
        at = given.at.astimezone(UTC)
        # Without an id of its own a card waits for the clock to make one.
        before = Card(card_id=0, due=at) if card is None else card
        card, _ = scheduler.review_card(before, Rating(given.rating), at)
    if card is None:
        raise ValueError("An item without answers has no memory; give at least one answer.")
    return Memory(card.due, dict(card.to_dict()))
