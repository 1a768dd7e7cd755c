"""The days until an interview: how many cards on each, and one exercise. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Final, Literal

QUIET_DAYS: Final = 3  # before the interview bring nothing new: there is no time to keep it
ASSUMED_S: Final = 12.0  # for one answer, of who has not answered enough cards to measure
ANSWERS_A_NEW_CARD: Final = 2  # on its first day: at once, and ten minutes later
_WEEKLY_FROM: Final = 11  # days before: further away, one mock interview a week is enough

Kind = Literal["mock", "drill", "lab", "light", "interview"]


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """`before`: days until the interview. `reviews` and `new` are cards; `answer_s` what one answer
    takes."""

    day: date
    before: int
    reviews: int
    new: int
    exercise: Kind
    answer_s: float

    @property
    def cards(self) -> int:
        return self.reviews + self.new

    @property
    def minutes(self) -> int:
        """That the cards take."""
        answers = self.reviews + self.new * ANSWERS_A_NEW_CARD
        return ceil(answers * self.answer_s / 60)


@dataclass(frozen=True, slots=True)
class Plan:
    """The days from today to the interview's. `left_over`: cards that will not have been met, and
    `enough_a_day`, the fewest new ones a day that leave none (0: there is no day left for them).
    `over`: reviews that do not fit into the days before the interview."""

    days: tuple[PlannedDay, ...]
    left_over: int
    enough_a_day: int
    over: int

    @property
    def today(self) -> PlannedDay:
        return self.days[0]


def new_today(remaining: int, new_a_day: int, days_left: int) -> int:
    """How many new cards today brings, with the interview in `days_left` days (0: today).

    `remaining`: cards not met before today. They are spread evenly, with none in the last three
    days. After the interview (below 0) it is the daily limit alone.
    """
    if days_left < 0:
        return min(remaining, new_a_day)
    learning_days = days_left - QUIET_DAYS
    if learning_days <= 0:
        return 0
    return min(new_a_day, ceil(remaining / learning_days))


def new_by_day(remaining: int, new_a_day: int, days_left: int) -> tuple[int, ...]:
    """For each day from today to the one before the interview."""
    found = []
    for left in range(days_left, 0, -1):
        found.append(new_today(remaining, new_a_day, left))
        remaining -= found[-1]
    return tuple(found)


def enough_a_day(remaining: int, days_left: int) -> int:
    """The fewest new cards a day that leave none; 0 where no day for new ones is left."""
    learning_days = days_left - QUIET_DAYS
    return ceil(remaining / learning_days) if learning_days > 0 else 0


def exercise(before: int) -> Kind:
    """What a day `before` days from the interview trains. A mock interview falls on every third
    day of the last ones, further away on one a week; the day before is light."""
    if before <= 1:
        return "interview" if before == 0 else "light"
    every, first = (3, 2) if before <= _WEEKLY_FROM else (7, _WEEKLY_FROM)
    if (before - first) % every == 0:
        return "mock"
    return "lab" if before % 3 == 1 else "drill"


def plan(
    today: date,
    interview_on: date,
    due: Mapping[date, int],
    remaining: int,
    new_a_day: int,
    reviews_a_day: int,
    answer_s: float,
    done: tuple[int, int] = (0, 0),
) -> Plan:
    """`due`: cards by day; what is over the daily limit waits for the next day. `remaining`: cards
    not met before today. `done`: new cards and reviews of today that are answered already; today's
    are what is left. Raises ValueError for an interview before today."""
    days_left = (interview_on - today).days
    if days_left < 0:
        raise ValueError(f"The interview of {interview_on} is over; give one from {today} on.")
    new = new_by_day(remaining, new_a_day, days_left)
    days: list[PlannedDay] = []
    waiting, new_done, reviews_done = 0, *done
    for n, count in enumerate(new):
        day, before = today + timedelta(days=n), days_left - n
        waiting += due.get(day, 0)
        reviews = min(waiting, max(0, reviews_a_day - reviews_done))
        waiting -= reviews
        left = max(0, count - new_done)
        days.append(PlannedDay(day, before, reviews, left, exercise(before), answer_s))
        new_done = reviews_done = 0
    over, waiting = waiting, waiting + due.get(interview_on, 0)
    reviews = min(waiting, max(0, reviews_a_day - reviews_done))
    days.append(PlannedDay(interview_on, 0, reviews, 0, "interview", answer_s))
    return Plan(tuple(days), remaining - sum(new), enough_a_day(remaining, days_left), over)
