"""A balancer asks for health by the machine's address, which no ALLOWED_HOSTS can name."""

from collections.abc import Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# They answer alike whatever the Host, and reflect none.
PATHS = {"/health/live", "/health/ready", "/health/world"}


class AnyHostMiddleware:
    """Lets these through to their views under any Host; it must come before all others."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in PATHS:
            request.get_host = lambda: "localhost"  # type: ignore[method-assign]
        return self.get_response(request)  # a coroutine under ASGI: who called us awaits it
