"""How many new cards today brings: the daily limit, or fewer where an interview is ahead."""

from datetime import date

from trainer.accounts.models import User
from trainer.cards.chosen import chosen
from trainer.cards.history import standing
from trainer.cards.planning import new_today
from trainer.schedule.models import Preferences


def new_of_day(owner: User, preferences: Preferences, today: date, new_done: int, pack: str) -> int:
    """`new_done`: new cards that were answered today already; they count among the day's."""
    interview_on = preferences.interview_on
    if interview_on is None or interview_on < today:
        return preferences.new_a_day
    remaining = standing(owner, chosen(owner, pack)).unmet + new_done
    return new_today(remaining, preferences.new_a_day, (interview_on - today).days)
