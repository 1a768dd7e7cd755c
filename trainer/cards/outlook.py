"""A person's plan until their interview, out of what the schedule has."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from trainer.accounts.models import User
from trainer.cards.chosen import Chosen, chosen
from trainer.cards.foreseen import Coming, by_day, new_ones
from trainer.cards.history import answer_s, standing, waiting
from trainer.cards.planning import ASSUMED_S, Plan, new_by_day, plan
from trainer.cards.queue import today
from trainer.catalog.packs import DEFAULT_PACK
from trainer.schedule.models import Preferences
from trainer.schedule.selectors import memory_of, terms_of
from trainer.schedule.terms import day_of

MOST_TRIED: Final = 200  # cards that stand for all: each costs the scheduler half a millisecond


def outlook(
    owner: User, preferences: Preferences, now: datetime, pack: str = DEFAULT_PACK
) -> Plan | None:
    """None without a date, and after it."""
    interview_on, offset = preferences.interview_on, preferences.utc_offset_min
    day = day_of(now, offset)
    if interview_on is None or interview_on < day:
        return None
    cards = chosen(owner, pack)
    done = today(owner, preferences, now)
    remaining = standing(owner, cards).unmet + done.new
    new = new_by_day(remaining, preferences.new_a_day, (interview_on - day).days)
    brought = {day + timedelta(days=n): count for n, count in enumerate(new)}
    brought[day] = max(0, brought.get(day, 0) - done.new)
    coming = [*_waiting(owner, cards, preferences, day), *new_ones(brought)]
    due = by_day(coming, terms_of(preferences, stepped=True), _after(interview_on))
    return plan(
        day,
        interview_on,
        due,
        remaining,
        preferences.new_a_day,
        preferences.reviews_a_day,
        answer_s(owner) or ASSUMED_S,
        (done.new, done.reviews),
    )


def _after(interview_on: date) -> date:
    """The day until which the plan looks: the interview's own counts."""
    return interview_on + timedelta(days=1)


def _waiting(owner: User, cards: Chosen, preferences: Preferences, day: date) -> Iterator[Coming]:
    interview_on, offset = preferences.interview_on, preferences.utc_offset_min
    if interview_on is None:
        return
    items, weight = waiting(owner, cards, _after(interview_on), offset, MOST_TRIED)
    for item in items:
        yield Coming(item.key, max(day, day_of(item.due, offset)), memory_of(item), weight)
