"""A finished interview, second by second."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from trainer.interviews.access import owned
from trainer.interviews.models import Interview
from trainer.interviews.pacing import clock
from trainer.interviews.report.replay import marks, moment, steps
from trainer.interviews.selectors import log_of
from trainer.interviews.views.closed import finished

LONGEST = 12  # digits of a second that are read; more are a mistake


@require_safe
@owned
@finished
def replay(request: HttpRequest, interview: Interview) -> HttpResponseBase:
    """The room as it was at second `?t=` of its clock; the scrubber alone asks for the fragment."""
    context = replayed(interview, request.GET.get("t", ""))
    page = "_replay_moment" if request.headers.get("HX-Request") else "replay"
    response = render(request, f"interviews/{page}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def replayed(interview: Interview, t: str) -> dict[str, Any]:
    """What the replay's templates show at the second that `t` names."""
    all_steps = steps(log_of(interview))
    shown = moment(all_steps, _second(t))
    plan = shown.state.plan
    face = clock(plan, shown.state.phase, shown.second)
    return {
        "interview": interview,
        "moment": shown,
        "phase": plan.phases[shown.state.phase] if plan.phases else None,
        "face": face,
        "over_s": max(0.0, -(face.phase_left_s or 0.0)),
        "marks": marks(all_steps),
    }


def _second(text: str) -> int:
    """The second that an address names; anything else is the start."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else 0
