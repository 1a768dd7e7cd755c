"""When an item comes back, by FSRS (py-fsrs): a thin adapter without a clock or chance. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from fsrs import Card, Rating, Scheduler, State

from trainer.schedule.capping import capped
from trainer.schedule.terms import DRILL, Terms, day_of, day_start

_MOST_DAYS: Final = 365
NEW: Final = 0  # never answered; the other states are py-fsrs's: 1 learning, 2 review, 3 relearning
REVIEW: Final = int(State.Review)
IN_STEPS: Final = (int(State.Learning), int(State.Relearning))


class Given(NamedTuple):
    """An answer: `rating` is 1 (not known), 2 (with trouble), 3 (known), 4 (easily)."""

    at: datetime
    rating: int


@dataclass(frozen=True, slots=True)
class Memory:
    """`stored` is py-fsrs's own dictionary of a card. `due` is capped by the interview, the one in
    `stored` is not. `lapses`: how often it was forgotten after it had been learnt."""

    due: datetime
    stored: Mapping[str, Any]
    state: int
    lapses: int


def after(memory: Memory | None, given: Given, terms: Terms = DRILL, key: str = "") -> Memory:
    """What one more answer, later than all before, makes of the memory (None: the first answer).

    Raises ValueError for a rating that is not 1 to 4.
    """
    at = given.at.astimezone(UTC)
    # Without an id of its own a card waits for the clock to make one.
    before = Card(card_id=0, due=at) if memory is None else Card.from_dict(dict(memory.stored))  # type: ignore[arg-type]
    card, _ = _scheduler(terms).review_card(before, Rating(given.rating), at)
    if terms.utc_offset_min is not None:
        _count_in_days(card, at, terms.utc_offset_min)
    lapsed = before.state == State.Review and given.rating == Rating.Again
    lapses = (memory.lapses if memory else 0) + lapsed
    stored = dict(card.to_dict())
    return Memory(_capped(card, at, terms, key), stored, int(card.state), lapses)


def remembered(answers: Iterable[Given], terms: Terms = DRILL, key: str = "") -> Memory:
    """What all answers to one item, in order of time, leave behind.

    Raises ValueError for no answers, or a rating that is not 1 to 4.
    """
    memory: Memory | None = None
    for given in sorted(answers):
        memory = after(memory, given, terms, key)
    if memory is None:
        raise ValueError("An item without answers has no memory; give at least one answer.")
    return memory


def recapped(memory: Memory, terms: Terms, key: str) -> datetime:
    """When the item comes back on other terms, with no new answer."""
    card = Card.from_dict(dict(memory.stored))  # type: ignore[arg-type]
    assert card.last_review is not None  # noqa: S101 (a stored memory has one)
    return _capped(card, card.last_review, terms, key)


def _count_in_days(card: Card, at: datetime, utc_offset_min: int) -> None:
    """Let the whole day of study count as one. py-fsrs counts stretches of 24 hours: answered in
    the evening, an item would not be due the next morning, and asked then all the same it would
    count as asked twice on one day."""
    start = day_start(day_of(at, utc_offset_min), utc_offset_min)
    card.last_review = start
    if card.state == State.Review:
        card.due = start + (card.due - at)


def _capped(card: Card, at: datetime, terms: Terms, key: str) -> datetime:
    offset = terms.utc_offset_min
    if offset is None or card.state != State.Review or terms.interview_on is None:
        return card.due
    due, answered = day_of(card.due, offset), day_of(at, offset)
    day = capped(due, answered, terms.interview_on, key)
    return card.due if day == due else day_start(day, offset)


@lru_cache(maxsize=64)
def _scheduler_of(retention: float, steps: tuple[Any, ...], again: tuple[Any, ...]) -> Scheduler:
    return Scheduler(
        desired_retention=retention,
        learning_steps=steps,
        relearning_steps=again,
        maximum_interval=_MOST_DAYS,
        enable_fuzzing=False,
    )


def _scheduler(terms: Terms) -> Scheduler:
    return _scheduler_of(terms.retention, terms.steps, terms.relearning_steps)
