"""The labs' JSON. Reading it changes nothing."""

from functools import partial

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trainer.lab import answers, limits
from trainer.lab.asked import BadQuestion, read_faults, read_home
from trainer.lab.weights import UnknownWeights, first, weights_of
from trainer.lab.worlds import Worlds
from trainer.resilience import redis_clients
from trainer.resilience.faults import BadFault
from trainer.twitter import api
from trainer.twitter.api import errors

REFUSED = (errors.TwitterError, BadQuestion, BadFault, UnknownWeights)
NOT_FOUND = (errors.UnknownWorld, errors.UnknownAccount)
# When it is worth asking again: a world is built in a minute, what is down may be up at any moment.
BUILT_IN_S = 60
UP_IN_S = 5

_worlds = Worlds()


@require_safe
@never_cache
def home(request: HttpRequest) -> JsonResponse:
    """An account's home timeline: `?account=ID-OR-HANDLE`, and as wanted `world`, `weights`,
    `faults`, `cursor`, `trace=1`, `limit`."""
    verdict = limits.ask(
        redis_clients.rebuildable(),
        request.session.session_key,
        request.META.get("REMOTE_ADDR", ""),
    )
    if not verdict.allowed:
        return _refusal("That was too often: wait a moment.", 429, verdict.retry_after_header)
    try:
        return JsonResponse(answers.of_home(_home(request)))
    except errors.WorldNotReady as error:
        return _refusal(error, 503, BUILT_IN_S)
    except (errors.NoTimeline, errors.StoreAway) as error:
        return _refusal(error, 503, UP_IN_S)
    except REFUSED as error:
        return _refusal(error, 404 if isinstance(error, NOT_FOUND) else 400)


def _home(request: HttpRequest) -> api.HomeTimeline:
    asked = read_home(request.GET.dict(), first())
    weights = weights_of(asked.weights)
    faults = read_faults(asked.faults, api.HOME_PARTS)
    world = _worlds.find(asked.world)
    if faults and not world.is_overlay:
        raise BadQuestion(
            f"faults= on {asked.world!r} would fail the timelines of all who read it: name an "
            "experiment of your own."
        )
    return api.home_timeline(
        world,
        _account_id(world, asked.account),
        weights=weights,
        faults=faults,
        trace=asked.trace,
        cursor=asked.cursor,
        limit=asked.limit,
    )


def _account_id(world: api.World, account: int | str) -> int:
    if isinstance(account, int):
        return account
    return api.promptly(partial(api.get_account, world, account)).id


def _refusal(error: object, status: int, retry_after_s: int | None = None) -> JsonResponse:
    headers = None if retry_after_s is None else {"Retry-After": str(retry_after_s)}
    return JsonResponse({"error": str(error)}, status=status, headers=headers)
