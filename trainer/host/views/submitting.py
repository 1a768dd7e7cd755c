"""Submitting a scorecard: asks once, then it stays as it is."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trainer.catalog.packs import get_pack
from trainer.host import scoring
from trainer.host.access import seated
from trainer.host.card import Card, from_json
from trainer.host.errors import AlreadySubmitted, NotReady
from trainer.host.models import Invitation
from trainer.host.page import card_context
from trainer.host.readiness import lacking
from trainer.host.selectors import card_of, draft_of
from trainer.interviews.selectors import state_of
from trainer.lib import clock

DONE = "Submitted. It stands in the candidate's report now, beside the machine's marks."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated
def submit(request: HttpRequest, seat: Invitation) -> HttpResponseBase:
    """Shows what would be submitted, or what it lacks; the form submits."""
    rater_id = int(request.user.pk or 0)
    if card_of(seat.interview, rater_id):
        return redirect("host:scorecard", seat.interview_id)
    state, pack = state_of(seat.interview), get_pack(seat.interview.pack)
    if request.method != "POST":
        draft = draft_of(seat.interview, rater_id)
        card = from_json(draft.content) if draft else Card()
        return _page(request, seat, lacking(card, state, pack), HTTPStatus.OK)
    text = request.POST.get("revision", "")
    revision = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    try:
        scoring.submit(seat, rater_id, revision, state, pack, clock.now())
    except NotReady as error:
        return _page(request, seat, error.reasons, HTTPStatus.CONFLICT)
    except AlreadySubmitted:
        return redirect("host:scorecard", seat.interview_id)
    messages.success(request, DONE)
    return redirect("host:scorecard", seat.interview_id)


def _page(
    request: HttpRequest, seat: Invitation, reasons: tuple[str, ...], status: int
) -> HttpResponseBase:
    draft = draft_of(seat.interview, int(request.user.pk or 0))
    context = card_context(seat, draft) | {"reasons": reasons}
    return render(request, "host/submit.html", context, status=status)
