"""The room. One page, and one address for each thing that a candidate can do in it.

Every address takes a form. A browser without JavaScript is sent back to the room; a script that
asks for JSON gets a snapshot of what changed (see snapshot.py).
"""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainer.accounts.guests import ensure_user
from trainer.catalog.packs import UnknownPack, get_pack
from trainer.interviews import forms
from trainer.interviews.access import owned
from trainer.interviews.commands import Refused, TooLong
from trainer.interviews.models import Interview
from trainer.interviews.selectors import state_of
from trainer.interviews.services import Outcome, enter_room, run
from trainer.interviews.views.snapshot import room_context, snapshot
from trainer.lib import clock

FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@require_POST
def open_room(request: HttpRequest) -> HttpResponse:
    """Opens a room and goes there. Whoever comes without an account becomes a guest."""
    pack, format_id = request.POST.get("pack", "")[:60], request.POST.get("format", "")[:60]
    try:
        get_pack(pack)
    except UnknownPack as error:
        raise Http404(str(error)) from error
    try:
        interview = enter_room(ensure_user(request), pack, format_id, clock.now())
    except Refused as error:
        messages.error(request, str(error))
        return redirect("home")
    return redirect("interviews:room", interview.id)


@never_cache
@require_safe
@owned
def room(request: HttpRequest, interview: Interview) -> HttpResponseBase:
    state = state_of(interview)
    if wants_json(request):
        return JsonResponse(snapshot(request, interview, state, clock.now(), with_texts=True))
    if state.status == "finished":
        return redirect("interviews:report", interview.id)
    context = room_context(interview, state, clock.now())
    return render(request, "interviews/room.html", context)


def _command_view(form_class: type[forms.CommandForm]) -> Callable[..., HttpResponseBase]:
    @require_POST
    @owned
    def view(request: HttpRequest, interview: Interview) -> HttpResponseBase:
        return _act(request, interview, form_class)

    return view


configure = _command_view(forms.ConfigureForm)
start = _command_view(forms.StartForm)
say = _command_view(forms.SayForm)
save = _command_view(forms.SaveForm)
move = _command_view(forms.MoveForm)
undo = _command_view(forms.UndoForm)
pause = _command_view(forms.PauseForm)
resume = _command_view(forms.ResumeForm)
pulse = _command_view(forms.PulseForm)


@require_http_methods(["GET", "HEAD", "POST"])
@owned
def finish(request: HttpRequest, interview: Interview) -> HttpResponseBase:
    """Asks once, then finishes."""
    if request.method == "POST":
        return _act(request, interview, forms.FinishForm)
    context = room_context(interview, state_of(interview), clock.now())
    return render(request, "interviews/finish.html", context)


def _act(
    request: HttpRequest, interview: Interview, form_class: type[forms.CommandForm]
) -> HttpResponseBase:
    """Runs the command of a form and answers in the way that was asked for."""
    if request.content_type not in FORM_TYPES:
        return _refuse(request, interview, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send a form.")
    form = form_class(request.POST)
    if not form.is_valid():
        return _refuse(request, interview, HTTPStatus.UNPROCESSABLE_ENTITY, form.sentence())
    now = clock.now()
    try:
        outcome = run(interview.id, form.command(), now=now, key=form.cleaned_data["key"] or None)
    except TooLong as error:
        return _refuse(request, interview, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error))
    except Refused as error:
        return _refuse(request, interview, HTTPStatus.CONFLICT, str(error))
    return _answer(request, interview, outcome, form.cleaned_data["seen"])


def _answer(
    request: HttpRequest, interview: Interview, outcome: Outcome, seen: int | None
) -> HttpResponseBase:
    now = clock.now()
    if wants_json(request):
        shown = snapshot(request, interview, outcome.state, now, outcome=outcome, seen=seen)
        return JsonResponse(shown)
    if outcome.conflict:
        context = room_context(interview, outcome.state, now) | {"conflict": outcome.conflict}
        return render(request, "interviews/room.html", context, status=HTTPStatus.CONFLICT)
    name = "report" if outcome.state.status == "finished" else "room"
    return redirect(f"interviews:{name}", interview.id)


def _refuse(
    request: HttpRequest, interview: Interview, status: HTTPStatus, sentence: str
) -> HttpResponse:
    """A refusal that keeps what was typed: as JSON, or as the room with the text in its box."""
    if wants_json(request):
        return JsonResponse({"error": sentence}, status=status)
    state = state_of(interview)
    context = room_context(interview, state, clock.now())
    context |= {"refusal": sentence, "refused_text": request.POST.get("text", "")}
    return render(request, "interviews/room.html", context, status=status)
