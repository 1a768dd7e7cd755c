"""The replay for a rater: conversation and outline, without the candidate's notes."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainer.host.access import seated
from trainer.host.models import Invitation
from trainer.interviews.views.replay import replayed

TOO_EARLY = "The replay opens when the interview is over. Until then the transcript grows as it is."


@never_cache
@require_safe
@seated
def replay(request: HttpRequest, seat: Invitation) -> HttpResponseBase:
    """The room as it was at second `?t=` of its clock."""
    if seat.interview.status != "finished":
        context = {"interview": seat.interview, "reasons": [TOO_EARLY]}
        return render(request, "host/submit.html", context, status=HTTPStatus.CONFLICT)
    context = replayed(seat.interview, request.GET.get("t", ""))
    page = "_replay_moment" if request.headers.get("HX-Request") else "replay"
    response = render(request, f"host/{page}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
