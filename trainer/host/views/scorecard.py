"""A rater's page: what they read, and the scorecard that they fill in."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trainer.catalog.packs import get_pack
from trainer.host import scoring
from trainer.host.access import seated
from trainer.host.beside import beside, machine_of
from trainer.host.card import Card, from_json
from trainer.host.differences import differences
from trainer.host.errors import AlreadySubmitted
from trainer.host.forms import OriginForm
from trainer.host.models import Invitation, Scorecard
from trainer.host.page import card_context, read_context
from trainer.host.reading import read
from trainer.host.selectors import card_of, draft_of
from trainer.interviews.grade.shown import graded_of
from trainer.interviews.selectors import log_of, state_of
from trainer.interviews.state import fold
from trainer.lib import clock

SECOND = "Another page saved this scorecard first. Nothing is lost: both versions are kept."
UNREAD = "The form could not be read. Reload the page; what was saved is there."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated
def scorecard(request: HttpRequest, seat: Invitation) -> HttpResponseBase:
    """The page; the form saves the draft."""
    rater_id = _rater_id(request)
    submitted = card_of(seat.interview, rater_id)
    if request.method == "POST":
        return _save(request, seat, rater_id) if not submitted else _refused_late(request, seat)
    if submitted:
        return _shown(request, seat, submitted)
    context = card_context(seat, draft_of(seat.interview, rater_id))
    return render(request, "host/scorecard.html", context)


@never_cache
@require_safe
@seated
def transcript(request: HttpRequest, seat: Invitation) -> HttpResponseBase:
    """What was said so far. `?seen=` is how far the page is; nothing new is an empty answer."""
    if not request.headers.get("HX-Request"):
        return redirect(reverse("host:scorecard", args=[seat.interview_id]) + "#transcript")
    state = state_of(seat.interview)
    if request.GET.get("seen", "") == str(state.seq):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "host/_reading.html", read_context(seat, state))


def _save(request: HttpRequest, seat: Invitation, rater_id: int) -> HttpResponseBase:
    now, state = clock.now(), state_of(seat.interview)
    try:
        if request.POST.get("discard"):
            scoring.discard_other(seat, rater_id, now)
            return redirect("host:scorecard", seat.interview_id)
        origin = OriginForm(request.POST)
        card, errors = read(request.POST, state, get_pack(seat.interview.pack))
        if not origin.is_valid():
            errors = (UNREAD,)
        if errors:
            return _bad(request, seat, rater_id, card, errors)
        saved = scoring.save(seat, rater_id, card, origin.origin(), now)
    except AlreadySubmitted:
        return _refused_late(request, seat)
    if saved.conflict:
        return _conflict(request, seat, rater_id, card)
    if _wants_json(request):
        return JsonResponse({"revision": saved.draft.revision})
    return _onward(request, seat)


def _onward(request: HttpRequest, seat: Invitation) -> HttpResponseBase:
    if request.POST.get("then") == "submit":
        return redirect("host:submit", seat.interview_id)
    messages.success(request, "The draft is saved.")
    signal = request.POST.get("add") or request.POST.get("remove", "").rpartition(":")[0]
    known = {each.id for each in get_pack(seat.interview.pack).signals.signals}
    anchor = f"#signal-{signal}" if signal in known else "#card"
    return redirect(reverse("host:scorecard", args=[seat.interview_id]) + anchor)


def _bad(
    request: HttpRequest, seat: Invitation, rater_id: int, card: Card, errors: tuple[str, ...]
) -> HttpResponseBase:
    """Nothing was saved; the page holds what was typed."""
    if _wants_json(request):
        return JsonResponse({"error": " ".join(errors)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    context = card_context(seat, draft_of(seat.interview, rater_id), card) | {"errors": errors}
    return render(request, "host/scorecard.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _conflict(
    request: HttpRequest, seat: Invitation, rater_id: int, card: Card
) -> HttpResponseBase:
    """The page with what was typed here, and beside it what the other page saved."""
    draft = draft_of(seat.interview, rater_id)
    stored = from_json(draft.content) if draft else Card()
    pack = get_pack(seat.interview.pack)
    told = {"sentence": SECOND, "found": differences(card, stored, pack)}
    if _wants_json(request):
        html = render_to_string("host/_conflict.html", told, request)
        body = {"error": SECOND, "revision": draft.revision if draft else 0, "html": html}
        return JsonResponse(body, status=HTTPStatus.CONFLICT)
    context = card_context(seat, draft, card) | {"conflict": told, "second": ()}
    return render(request, "host/scorecard.html", context, status=HTTPStatus.CONFLICT)


def _refused_late(request: HttpRequest, seat: Invitation) -> HttpResponseBase:
    sentence = str(AlreadySubmitted())
    if _wants_json(request):
        return JsonResponse({"error": sentence}, status=HTTPStatus.CONFLICT)
    context = {"interview": seat.interview, "reasons": [sentence]}
    return render(request, "host/submit.html", context, status=HTTPStatus.CONFLICT)


def _shown(request: HttpRequest, seat: Invitation, submitted: Scorecard) -> HttpResponseBase:
    """The submitted card. The rater is blind no more: the machine's marks stand beside it."""
    log = log_of(seat.interview)
    state = fold(log)
    machine = machine_of(graded_of(seat.interview, log, state))
    (own,) = beside([submitted], machine)
    context = read_context(seat, state) | {"own": own}
    return render(request, "host/submitted.html", context)


def _rater_id(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
