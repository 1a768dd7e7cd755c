"""On which terms an item comes back: how well it shall be kept, its steps, its days. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

RETENTION: Final = 0.9  # the share of items that shall still be known when they come back
DAY_BEGINS: Final = timedelta(hours=4)  # whoever studies past midnight is still at the day before


@dataclass(frozen=True, slots=True)
class Terms:
    """`retention`: 0.7 to 0.97. `steps`: waits of less than a day before days are counted.

    `utc_offset_min`: where the person's days begin (None: an item is counted in stretches of 24
    hours, as py-fsrs does by itself). `interview_on`: no wait passes this day.
    """

    retention: float = RETENTION
    steps: tuple[timedelta, ...] = ()
    relearning_steps: tuple[timedelta, ...] = ()
    utc_offset_min: int | None = None
    interview_on: date | None = None


DRILL: Final = Terms()


def day_of(at: datetime, utc_offset_min: int) -> date:
    """The day of study that `at` belongs to; it begins at four in the morning."""
    return (at.astimezone(UTC) + timedelta(minutes=utc_offset_min) - DAY_BEGINS).date()


def day_start(day: date, utc_offset_min: int) -> datetime:
    """When the day of study begins, in UTC."""
    midnight = datetime.combine(day, time(), UTC)
    return midnight + DAY_BEGINS - timedelta(minutes=utc_offset_min)


def day_end(at: datetime, utc_offset_min: int) -> datetime:
    """When the day of study that `at` belongs to is over."""
    return day_start(day_of(at, utc_offset_min) + timedelta(days=1), utc_offset_min)


LEARNING_STEPS: Final = (timedelta(minutes=1), timedelta(minutes=10))
RELEARNING_STEPS: Final = (timedelta(minutes=10),)
