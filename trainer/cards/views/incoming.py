"""How a request of the study page comes in: as JSON of its script or as a form, by whom, and how it
is refused.

A request of the script says for whom its page was made: answers of one person are never taken as
another's.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Final, TypeVar

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from trainer.accounts.guests import ensure_user
from trainer.accounts.models import User
from trainer.cards.forms import BODY_LIMIT, Asking, Unreadable, read, read_json
from trainer.cards.views.person import is_still, person
from trainer.cards.views.study import of_form, to_study
from trainer.schedule import selectors as schedule
from trainer.schedule.services import prefer

_Form = TypeVar("_Form", bound=Asking)
JSON: Final = "application/json"


class Refused(Exception):
    """The request is answered with this status and sentence; nothing was stored."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


View = Callable[[HttpRequest], HttpResponse]


def refusing(view: View) -> View:
    """Answers a script with the refusal; a form goes back to the page with its sentence."""

    @never_cache
    @require_POST
    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except Refused as error:
            if is_json(request):
                return JsonResponse({"error": str(error)}, status=error.status)
            messages.error(request, str(error))
            return to_study(of_form(request))

    return answered


def is_json(request: HttpRequest) -> bool:
    return request.content_type == JSON


def sent(request: HttpRequest, form: type[_Form]) -> _Form:
    """What came, as JSON or as a form. Raises Refused."""
    try:
        if is_json(request):
            return read_json(form, _body(request))
        return read(form, request.POST.dict())
    except Unreadable as error:
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"This could not be read: {error}"
        ) from error


def _body(request: HttpRequest) -> bytes:
    sentence = f"That is more than {BODY_LIMIT:,} bytes. Send fewer answers at once."
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence) from error
    if len(body) > BODY_LIMIT:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)
    return body


def who(request: HttpRequest, asking: Asking) -> User:
    """Who acts; a guest is made of who was nobody. Raises Refused for a page of another person."""
    known = person(request)
    if is_json(request) and not is_still(asking.person, known):
        if known is None:
            raise Refused(HTTPStatus.UNAUTHORIZED, "You are signed out. Sign in again.")
        raise Refused(HTTPStatus.CONFLICT, "Somebody else is signed in now. Reload the page.")
    owner = ensure_user(request)
    offset = asking.utc_offset_min
    if offset is not None and offset != schedule.preferences(owner).utc_offset_min:
        prefer(owner, utc_offset_min=offset)
    return owner
