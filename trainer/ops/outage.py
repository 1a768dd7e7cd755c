"""A lost database is said calmly: 503, when to try again, and that what was typed is kept."""

from collections.abc import Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

RETRY_AFTER_S = 5
SENTENCE = (
    "The database does not answer just now. What you typed stays on this page: "
    "wait a few seconds, then try again."
)


def is_outage(error: BaseException | None) -> bool:
    """Whether an error means that the database is away, and not that we misused it."""
    return isinstance(error, OperationalError | InterfaceError)


def response(request: HttpRequest) -> HttpResponse:
    """The 503 in the form that the caller reads: JSON, a fragment for htmx, or a page.

    Touches neither session nor database.
    """
    answer: HttpResponse
    if "application/json" in request.headers.get("Accept", "") or request.path.endswith(".json"):
        answer = JsonResponse({"error": SENTENCE})
    elif request.headers.get("HX-Request") == "true":
        answer = HttpResponse(render_to_string("ops/_outage.html", {"sentence": SENTENCE}))
    else:
        answer = HttpResponse(render_to_string("ops/outage.html", {"sentence": SENTENCE}))
    answer.status_code = 503
    answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class OutageMiddleware:
    """Turns a view's lost database into the 503. (An error outside of views comes to the handler
    for 500, which knows the same.)"""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)  # a coroutine under ASGI: who called us awaits it

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return response(request) if is_outage(error) else None
