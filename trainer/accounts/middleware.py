"""Noting the day a person was last here, once a day, and moving the cookie's end along with it."""

import logging
from collections.abc import Callable
from typing import cast

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from trainer.accounts.models import User, today

log = logging.getLogger(__name__)


@sync_and_async_middleware
def last_seen(get_response: Callable[..., object]) -> Callable[..., object]:
    if iscoroutinefunction(get_response):

        async def arespond(request: HttpRequest) -> HttpResponseBase:
            response = cast(HttpResponseBase, await get_response(request))
            await sync_to_async(touch)(request, response)
            return response

        return arespond

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = cast(HttpResponseBase, get_response(request))
        touch(request, response)
        return response

    return respond


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
