"""How long an item will wait for each of the four answers, and how that is said. Pure."""

from datetime import datetime, timedelta
from typing import Final

from trainer.schedule.memory import REVIEW, Given, Memory, after
from trainer.schedule.terms import Terms, day_of

RATINGS: Final = (1, 2, 3, 4)
_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAYS_OF_MONTH: Final = 30.4
_DAYS_OF_YEAR: Final = 365


def waits(memory: Memory | None, at: datetime, terms: Terms, key: str) -> tuple[timedelta, ...]:
    """For each rating from 1 to 4: whole days, or minutes while it is in steps."""
    return tuple(_wait(after(memory, Given(at, each), terms, key), at, terms) for each in RATINGS)


def _wait(memory: Memory, at: datetime, terms: Terms) -> timedelta:
    offset = terms.utc_offset_min
    if memory.state != REVIEW or offset is None:
        return memory.due - at
    return day_of(memory.due, offset) - day_of(at, offset)


def said(wait: timedelta) -> str:
    """The wait in words: "1 min", "4 days", "2.3 months"."""
    if wait < _HOUR:
        return f"{max(1, round(wait / _MINUTE))} min"
    if wait < timedelta(days=1):
        return f"{round(wait / _HOUR)} h"
    if wait.days < 2 * _DAYS_OF_MONTH:
        return f"{wait.days} day{'' if wait.days == 1 else 's'}"
    if wait.days < _DAYS_OF_YEAR:
        return f"{wait.days / _DAYS_OF_MONTH:.1f} months"
    return f"{wait.days / _DAYS_OF_YEAR:.1f} years"
