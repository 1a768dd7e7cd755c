"""What was kept, and what is coming: two charts with their tables."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainer.accounts.models import User
from trainer.cards import charts
from trainer.cards.chosen import chosen
from trainer.cards.history import Answered, answered_by_day, due_by_day, standing
from trainer.cards.views.person import person
from trainer.catalog.packs import DEFAULT_PACK
from trainer.lib import clock
from trainer.schedule.models import Preferences
from trainer.schedule.selectors import preferences
from trainer.schedule.terms import day_of

WEEKS: Final = 13  # 91 days
DAYS_AHEAD: Final = 30
_WEEK: Final = timedelta(days=7)
_RATINGS: Final = ("Again", "Hard", "Good", "Easy")


@never_cache
@require_safe
def progress_page(request: HttpRequest) -> HttpResponse:
    """Retention by week, the forecast by day, answers by rating, cards by state; an invitation to
    who has answered no card."""
    context: dict[str, Any] = {}
    owner = person(request)
    if owner:
        own = preferences(owner)
        today = day_of(clock.now(), own.utc_offset_min)
        context = _answers(owner, own, today) | _cards(owner, own, today)
    return render(request, "cards/progress.html", context)


def _answers(owner: User, own: Preferences, today: date) -> dict[str, Any]:
    firsts = [today - timedelta(days=6) - _WEEK * n for n in reversed(range(WEEKS))]
    by_day = answered_by_day(owner, firsts[0], own.utc_offset_min)
    weeks = [(first, _week(by_day, first)) for first in firsts]
    total = sum((week for _, week in weeks), Answered())
    points = [(_short(first), week.retention) for first, week in weeks]
    return {
        "weeks": weeks,
        "total": total,
        "answers": sum(total.ratings),
        "wished": round(100 * own.retention),
        "line": charts.line(points, own.retention, mark_every=4),
        "ratings": charts.bars(list(zip(_RATINGS, total.ratings, strict=True))),
    }


def _week(by_day: Mapping[date, Answered], first: date) -> Answered:
    days = (first + timedelta(days=n) for n in range(7))
    return sum((by_day.get(day, Answered()) for day in days), Answered())


def _cards(owner: User, own: Preferences, today: date) -> dict[str, Any]:
    cards = chosen(owner, DEFAULT_PACK)
    until = today + timedelta(days=DAYS_AHEAD)
    due = due_by_day(owner, cards, until, own.utc_offset_min)
    ahead = [(today + timedelta(days=n)) for n in range(DAYS_AHEAD)]
    coming = [(day, due.get(day, 0)) for day in ahead]
    return {
        "overdue": sum(count for day, count in due.items() if day < today),
        "coming": coming,
        "coming_sum": sum(count for _, count in coming),
        "forecast": charts.bars([(_short(day), count) for day, count in coming], mark_every=10),
        "standing": standing(owner, cards),
    }


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"
