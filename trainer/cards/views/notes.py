"""One's own note on a card, saved from the study page."""

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from trainer.accounts.models import User
from trainer.cards.errors import UnknownCard
from trainer.cards.forms import Note, Wanted
from trainer.cards.remarks import ChangedElsewhere, Written, remark
from trainer.cards.views.incoming import Refused, is_json, refusing, sent, who
from trainer.cards.views.person import name_of, person
from trainer.cards.views.showing import find
from trainer.cards.views.study import of_form, to_study
from trainer.lib import clock

SAVED: Final = "Your note is kept."
TYPED: Final = ("note", "tags", "was", "was_tags")


@refusing
def note(request: HttpRequest) -> HttpResponse:
    """Keeps the note. One that was changed elsewhere meanwhile comes back with both texts; of a
    form, one that is refused comes back as it was typed."""
    try:
        asking = sent(request, Note)
        owner = who(request, asking)
        other = _kept(owner, asking)
    except Refused as error:
        if is_json(request) or not _is_there(request):
            raise
        typed = {name: request.POST.get(name, "") for name in TYPED} | {"refusal": str(error)}
        return _page(request, of_form(request), error.status, written=typed)
    if is_json(request):
        return _told(request, owner, asking, other)
    if other is None:
        messages.success(request, SAVED)
        return to_study(asking.wanted, card=asking.key, turned="1")
    return _page(request, asking.wanted, HTTPStatus.CONFLICT, **_both(asking, other))


def _kept(owner: User, asking: Note) -> Written | None:
    """What stands there by another device, where nothing was stored for it. Raises Refused."""
    was = Written(asking.was.strip(), tuple(asking.was_tags.split()))
    try:
        remark(owner, asking.key, asking.note, asking.tags, was, clock.now())
    except ChangedElsewhere as error:
        return error.written
    except UnknownCard as error:
        raise Refused(HTTPStatus.NOT_FOUND, str(error)) from error
    except ValueError as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
    return None


def _both(asking: Note, other: Written) -> dict[str, Any]:
    """What was typed, and what it is typed over the next time."""
    was = {"was": other.note, "was_tags": " ".join(other.tags)}
    return {"other": other, "written": {"note": asking.note, "tags": asking.tags, **was}}


def _is_there(request: HttpRequest) -> bool:
    shown = find(person(request), request.POST.get("key", ""), clock.now())
    return shown is not None and not shown.own_id


def _page(request: HttpRequest, wanted: Wanted, status: int, **context: Any) -> HttpResponse:
    key = request.POST["key"]
    shown = find(person(request), key, clock.now())
    query = urlencode(wanted.fields | {"card": key, "turned": "1"})
    context |= {"shown": shown, "wanted": wanted, "back": f"{reverse('cards:study')}?{query}"}
    return render(request, "cards/note.html", context, status=status)


def _told(request: HttpRequest, owner: User, asking: Note, other: Written | None) -> JsonResponse:
    now = clock.now()
    context: dict[str, Any] = {
        "shown": find(owner, asking.key, now),
        "wanted": asking.wanted,
        "csrf_token": get_token(request),
    }
    if other is not None:
        context |= _both(asking, other)
    return JsonResponse(
        {
            "html": render_to_string("cards/_note.html", context),
            "told": [] if other is not None else [SAVED],
            "person": {"id": name_of(owner), "guest": owner.is_guest},
            "csrf": get_token(request),
            "now": now.isoformat(),
        }
    )
