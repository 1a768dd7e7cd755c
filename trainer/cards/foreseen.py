"""When cards come back if each answer is "good": a forecast by the scheduler itself. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from trainer.schedule.memory import Given, Memory, after
from trainer.schedule.terms import Terms, day_of, day_start

GOOD: Final = 3
_AFTER_WAKING: Final = timedelta(hours=8)  # into the day of study, which begins at night
_NEW_TRIED: Final = 3  # a new card stands for a third of its day's: they come back spread


@dataclass(frozen=True, slots=True)
class Coming:
    """A card that comes on the day `first`; `memory` before that (None: new). It stands for
    `weight` cards."""

    key: str
    first: date
    memory: Memory | None
    weight: float = 1.0


def by_day(cards: Iterable[Coming], terms: Terms, until: date) -> dict[date, int]:
    """How many cards come on each day before `until`, rounded. A new one's first day does not
    count: it is a new card then, no review."""
    found: defaultdict[date, float] = defaultdict(float)
    for card in cards:
        for day in _days(card, terms, until):
            found[day] += card.weight
    return {day: round(count) for day, count in sorted(found.items())}


def new_ones(new: Mapping[date, int]) -> Iterator[Coming]:
    """Cards that stand for those that are new on each day."""
    for day, count in new.items():
        for n in range(_NEW_TRIED if count else 0):
            yield Coming(f"{day}:{n}", day, None, count / _NEW_TRIED)


def _days(card: Coming, terms: Terms, until: date) -> Iterator[date]:
    counted = replace(terms, steps=(), relearning_steps=())  # steps are of one day
    offset = terms.utc_offset_min or 0
    memory, day = card.memory, card.first
    while day < until:
        if memory is not None:
            yield day
        at = day_start(day, offset) + _AFTER_WAKING
        memory = after(memory, Given(at, GOOD), counted, card.key)
        following = day_of(memory.due, offset)
        day = max(following, day + timedelta(days=1))
