"""Who is here: noting the day they were last seen, once a day, with the cookie's end moved along;
and telling a device that it was signed out from another one."""

import logging
from collections.abc import Callable
from typing import Final, cast

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware
from django.utils.functional import SimpleLazyObject

from trainer.accounts.models import User, today

log = logging.getLogger(__name__)
SIGNED_OUT: Final = (
    "You are signed out on this device. If you signed up, signed in or changed your password on "
    "another one, sign in here too to go on."
)


@sync_and_async_middleware
def presence(get_response: Callable[..., object]) -> Callable[..., object]:
    if iscoroutinefunction(get_response):

        async def arespond(request: HttpRequest) -> HttpResponseBase:
            request.user = SimpleLazyObject(lambda: who(request))  # type: ignore[assignment]
            response = cast(HttpResponseBase, await get_response(request))
            await sync_to_async(after)(request, response)
            return response

        return arespond

    def respond(request: HttpRequest) -> HttpResponseBase:
        request.user = SimpleLazyObject(lambda: who(request))  # type: ignore[assignment]
        response = cast(HttpResponseBase, get_response(request))
        after(request, response)
        return response

    return respond


def who(request: HttpRequest) -> User | AnonymousUser:
    """Who is here. Where the session names somebody whom it opens no more, the next page says so
    once: this one, or after a form, which may sign in, the one behind it."""
    is_named = SESSION_KEY in request.session
    person = get_user(request)
    if is_named and not person.is_authenticated:
        request.session.flush()
        if request.method == "GET":
            messages.info(request, SIGNED_OUT)
        else:
            request.was_signed_out = True  # type: ignore[attr-defined]
    return person


def after(request: HttpRequest, response: HttpResponseBase) -> None:
    """What is left to do when the view has answered."""
    if hasattr(request, "was_signed_out") and not request.user.is_authenticated:
        messages.info(request, SIGNED_OUT)
    touch(request, response)


def touch(request: HttpRequest, response: HttpResponseBase) -> None:
    """Note today's visit, if the view knew who is here; costs a query on the first visit of a day.

    Not on streams, whose connection would stay open with them. A failing database is logged and
    no more: the view's answer stands, and the next request notes the visit.
    """
    if response.streaming or response.status_code >= 500 or not request.session.accessed:
        return
    try:
        _note_visit(request)
    except DatabaseError as error:
        log.warning("a visit was not noted: %s", error)


def _note_visit(request: HttpRequest) -> None:
    person = request.user
    day = today()
    if not person.is_authenticated or person.last_seen_on >= day:
        return
    User.objects.filter(pk=person.pk, last_seen_on__lt=day).update(last_seen_on=day)
    request.session.modified = True  # sends the cookie again, with 30 days from now
