import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainer.lab.names import SMALL
from trainer.ops import health, outage
from trainer.twitter import api


@require_safe
@never_cache
def live(_request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers at all."""
    return JsonResponse({"status": health.UP})


@require_safe
@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """200 when every part is up, else 503 with the names of those that are down."""
    parts = health.report()
    down = sorted(name for name, state in parts.items() if state == health.DOWN)
    body = {"status": health.DOWN if down else health.UP, "down": down, "parts": parts}
    return JsonResponse(body, status=503 if down else 200)


@require_safe
@never_cache
def world(_request: HttpRequest) -> JsonResponse:
    """How far the mini Twitter's default world is: `state` (absent, building, ready or failed), the
    `step` it is at, `progress` from 0 to 1, and how many `accounts` it has. How far its
    `embeddings` and `rankers` are: each with `state` (absent, making, ready or failed), `step`,
    `progress`. `small`: all the same of the small world."""
    return JsonResponse(_of_world(api.DEFAULT_BASE) | {SMALL: _of_world(SMALL)})


def _of_world(name: str) -> dict[str, object]:
    now = api.base_progress(name)
    learned = {made: _told(progress) for made, progress in api.ranking_progress(name).items()}
    return {**_told(now), "accounts": now.accounts, **learned}


def _told(now: api.Progress) -> dict[str, object]:
    return {"state": now.state, "step": now.step, "progress": now.share}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form's token no longer fits the cookie: said without blame, with a way on."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own fault, or an outage met outside of a view. Called while the error is handled."""
    if outage.is_outage(sys.exc_info()[1]):
        return outage.response(request)
    return HttpResponse(render_to_string("500.html"), status=500)
