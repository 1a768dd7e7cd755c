"""One's own note on a card, saved from the study page."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from trainer.cards.errors import UnknownCard
from trainer.cards.forms import Note
from trainer.cards.remarks import ChangedElsewhere, remark
from trainer.cards.views.incoming import Refused, is_json, refusing, sent, who
from trainer.cards.views.person import name_of
from trainer.cards.views.showing import find
from trainer.cards.views.study import to_study
from trainer.lib import clock

SAVED = "Your note is kept."


@refusing
def note(request: HttpRequest) -> HttpResponse:
    """Keeps the note. One that was changed elsewhere meanwhile comes back with both texts."""
    asking = sent(request, Note)
    owner, now = who(request, asking), clock.now()
    theirs: str | None = None
    try:
        remark(owner, asking.key, asking.note, asking.tags, asking.was, now)
    except ChangedElsewhere as error:
        theirs = error.theirs
    except UnknownCard as error:
        raise Refused(HTTPStatus.NOT_FOUND, str(error)) from error
    except ValueError as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
    if theirs is None and not is_json(request):
        messages.success(request, SAVED)
        return to_study(asking.wanted, card=asking.key, turned="1")
    context: dict[str, Any] = {"shown": find(owner, asking.key, now), "wanted": asking.wanted}
    if theirs is not None:
        context |= {"theirs": theirs, "yours": asking.note, "your_tags": asking.tags}
    if not is_json(request):
        back = f"{reverse('cards:study')}?card={asking.key}&turned=1"
        return render(
            request, "cards/note.html", context | {"back": back}, status=HTTPStatus.CONFLICT
        )
    token = get_token(request)
    html = render_to_string("cards/_note.html", context | {"csrf_token": token})
    told = [] if theirs is not None else [SAVED]
    who_is = {"id": name_of(owner), "guest": owner.is_guest}
    return JsonResponse(
        {
            "html": html,
            "told": told,
            "person": who_is,
            "csrf": get_token(request),
            "now": now.isoformat(),
        }
    )
