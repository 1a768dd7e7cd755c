"""The progress page: how well each subject is kept, over time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainer.accounts.models import User
from trainer.catalog.packs import get_pack, pack_slugs
from trainer.catalog.schema import Pack
from trainer.drills.heard import sightings
from trainer.drills.strengths import courses, times
from trainer.drills.subjects import subjects
from trainer.lib import clock
from trainer.schedule.selectors import next_due
from trainer.schedule.strength import HALF_LIFE_DAYS


@never_cache
@require_safe
def progress_page(request: HttpRequest) -> HttpResponse:
    """Every subject of every pack of which something was seen; an invitation before that."""
    shown = []
    if isinstance(request.user, User):
        shown = [_of(request.user, get_pack(slug)) for slug in pack_slugs()]
    context = {"packs": [each for each in shown if each], "half_life_days": HALF_LIFE_DAYS}
    return render(request, "drills/progress.html", context)


def _of(owner: User, pack: Pack) -> dict[str, Any]:
    """What the page shows of a pack; empty where nothing was seen."""
    found, now = sightings(owner, pack.slug), clock.now()
    if not found:
        return {}
    at = times(found, now)
    every = courses(subjects(pack), found, at)
    return {
        "pack": pack,
        "times": at,
        "seen": [course for course in every if course.seen],
        "unseen": [course.subject for course in every if not course.seen],
        "next_due": next_due(owner, now, prefix=f"drill:{pack.slug}:"),
    }
