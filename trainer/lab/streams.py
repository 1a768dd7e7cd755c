"""What happens to a run, as server-sent events: the page is told that something changed, and asks
for it. Where no stream can be had it asks every two seconds anyway."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import DatabaseError, InterfaceError, connection
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainer.lab.hub import Hub, hub
from trainer.lab.models import Run
from trainer.lab.selectors import run_of

LONGEST_S = 600.0  # the browser then connects again
KEEP_ALIVE_S = 15.0  # proxies cut what is silent for a minute
POLL_S = 2.0  # while no notices come
RETRY_MS = 2_000
MOST_OF_A_RUN, MOST = 10, 300  # streams of one process, each with a thread and 50 kB


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run was told, and whether more will come."""

    version: int
    is_active: bool


@require_safe
@never_cache
async def events(request: HttpRequest, run: str) -> HttpResponseBase:
    """A message for each change of the visitor's own run, its data the run's version; `ended` at
    the end. 204, after which a browser asks no more, where the run is over or nothing can be
    streamed."""
    found = await _find(request, run)
    can_stream = isinstance(request, ASGIRequest) and request.method == "GET"
    if not (found.is_active and can_stream) or _is_full(hub(), run):
        return HttpResponse(status=204)
    response = StreamingHttpResponse(_frames(hub(), run), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _is_full(hub: Hub, run_id: str) -> bool:
    of_this_run, of_all = hub.count(run_id)
    return hub.is_closed or of_this_run >= MOST_OF_A_RUN or of_all >= MOST


@sync_to_async
def _find(request: HttpRequest, run_id: str) -> Standing:
    """The visitor's own run. Raises Http404."""
    run = run_of(request.user.pk, run_id)
    _let_go()
    if run is None:
        raise Http404("There is no such run, or it belongs to somebody else.")
    return Standing(run.version, run.is_active)


@sync_to_async
def _look(run_id: str) -> Standing | None:
    """None where Postgres does not say."""
    try:
        run = Run.objects.filter(id=run_id).only("version", "state").first()
    except (DatabaseError, InterfaceError):
        return None
    finally:
        _let_go()
    return Standing(run.version, run.is_active) if run else Standing(0, is_active=False)


def _let_go() -> None:
    """Else the connection would be kept for as long as the stream lasts."""
    if not connection.in_atomic_block:  # as in a test
        connection.close()


async def _frames(hub: Hub, run_id: str) -> AsyncIterator[str]:
    end = asyncio.get_running_loop().time() + LONGEST_S
    with hub.listen(run_id) as changed:
        yield f"retry: {RETRY_MS}\n\n"
        told = -1
        while not hub.is_closed and asyncio.get_running_loop().time() < end:
            changed.clear()  # before the look: what comes meanwhile is looked at next
            now = await _look(run_id)
            if now and now.version != told:
                told = now.version
                yield f"data: {told}\n\n"
            if now and not now.is_active:
                yield "event: ended\ndata: 0\n\n"
                return
            if not await _wait(changed, KEEP_ALIVE_S if now and hub.is_connected else POLL_S):
                yield ": still there\n\n"


async def _wait(changed: asyncio.Event, most_s: float) -> bool:
    """Whether it was set in time."""
    try:
        async with asyncio.timeout(most_s):
            return await changed.wait()
    except TimeoutError:
        return False
