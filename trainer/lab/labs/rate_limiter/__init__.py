"""One burst on the site's own limiter, and the same on a counter that reads before it writes."""

from collections.abc import Callable
from functools import partial

from redis import Redis, RedisError

from trainer.lab.labs.rate_limiter import shown
from trainer.lab.labs.rate_limiter.burst import Burst, burst
from trainer.lab.labs.rate_limiter.counters import SLOWEST_PER_S, naive, real
from trainer.lab.labs.rate_limiter.refill import refill
from trainer.lab.stage import LabCode, LabError, Needs, Stage
from trainer.lib.ids import new_id
from trainer.resilience.rate_limit import RateLimit
from trainer.resilience.redis_clients import rebuildable

FULL_IN_S = 2.0  # an empty bucket of the refill, unless that is faster than
MOST_PER_S = 100.0  # what one thread can take even on a busy machine
WATCHED_S = 1.5


def run(stage: Stage) -> None:
    redis, mine = rebuildable(), f"lab-limit:{new_id()}"
    keys = [f"{mine}:real", f"{mine}:naive", f"{mine}:refill"]
    try:
        _bursts(stage, redis, keys)
        _refill(stage, redis, keys[2])
    except RedisError as error:
        raise LabError(f"Redis is away ({type(error).__name__}): try again in a minute.") from error
    finally:
        _forget(redis, keys)
    stage.say("Done", 1.0)


def _bursts(stage: Stage, redis: Redis, keys: list[str]) -> None:
    allowed = stage.given.whole("allowed")
    limit = RateLimit(allowed, SLOWEST_PER_S)
    stage.say("A burst on the real limiter", 0.05)
    exact = _burst(stage, partial(real, redis, keys[0], limit))
    shown.bursts(stage, allowed, {shown.REAL: exact})
    stage.figure("passed", exact.passed)
    stage.figure("burst_ms", exact.took_ms)
    stage.say("The same burst on a counter that reads, compares and writes", 0.3)
    loose = _burst(stage, partial(naive, redis, keys[1], allowed))
    shown.bursts(stage, allowed, {shown.REAL: exact, shown.NAIVE: loose})
    stage.figure("naive_passed", loose.passed)
    stage.figure("naive_burst_ms", loose.took_ms)
    stage.figure("times_allowed", loose.passed / allowed)


def _burst(stage: Stage, ask: Callable[[], bool]) -> Burst:
    return burst(ask, stage.given.whole("burst"), stage.given.whole("threads"), check=stage.check)


def _refill(stage: Stage, redis: Redis, key: str) -> None:
    """What an empty bucket lets through while it fills again."""
    allowed = stage.given.whole("allowed")
    per_s = min(allowed / FULL_IN_S, MOST_PER_S)
    stage.say(f"An empty bucket gains {per_s:g} tokens a second", 0.6)
    gained = refill(stage, redis, key, RateLimit(allowed, per_s), WATCHED_S)
    shown.gained(stage, gained, per_s)
    stage.figure("gained", gained[-1].passed)
    stage.figure("gained_computed", per_s * gained[-1].at_s)


def _forget(redis: Redis, keys: list[str]) -> None:
    """Now, unless Redis is away: they expire."""
    try:
        redis.unlink(*keys)
    except RedisError:
        return


LAB = LabCode("rate-limiter", run, Needs.NOTHING, most_s=30.0)
