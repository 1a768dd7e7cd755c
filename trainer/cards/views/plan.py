"""The days until the interview, one by one."""

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainer.accounts.models import User
from trainer.cards.history import answer_s
from trainer.cards.outlook import outlook
from trainer.cards.planning import ASSUMED_S, Plan
from trainer.cards.settings_form import MOST_NEW, DateForm
from trainer.cards.views.person import person
from trainer.catalog.packs import DEFAULT_PACK, get_pack
from trainer.lib import clock
from trainer.schedule.models import Preferences
from trainer.schedule.selectors import preferences
from trainer.schedule.terms import day_of

USUAL: Final = "45"
SHOWN_DAYS: Final = 15  # at first; the others on request


@never_cache
@require_safe
def plan_page(request: HttpRequest) -> HttpResponse:
    """The plan; without a date, and after it, the question for one."""
    owner = person(request)
    own, now = preferences(owner), clock.now()
    today = day_of(now, own.utc_offset_min)
    context: dict[str, Any] = {"form": date_form(own, today), "on": own.interview_on}
    found = outlook(owner, own, now) if owner else None
    if owner and found:
        context |= _planned(owner, own, found)
    return render(request, "cards/plan.html", context)


def date_form(preferences: Preferences, today: date) -> DateForm:
    """The question for the interview's date, with the one that is kept."""
    kept = preferences.interview_on
    return DateForm(initial={"interview_on": kept}, today=today, kept=kept)


def _planned(owner: User, own: Preferences, found: Plan) -> dict[str, Any]:
    measured, pack = answer_s(owner), get_pack(DEFAULT_PACK)
    usual = pack.format(USUAL)
    return {
        "pack": pack,
        "plan": found,
        "first_days": found.days[:SHOWN_DAYS],
        "later_days": found.days[SHOWN_DAYS:],
        "new_a_day": own.new_a_day,
        "reviews_a_day": own.reviews_a_day,
        "may_raise": own.new_a_day < found.enough_a_day <= MOST_NEW,
        "answer_s": measured or ASSUMED_S,
        "measured": measured is not None,
        "mock_min": round(usual.minutes) if usual else 0,
        "lab_min": round(max((lab.minutes for lab in pack.labs), default=0)),
    }
