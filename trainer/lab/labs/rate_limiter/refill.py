"""An empty bucket over time."""

import time
from dataclasses import dataclass

from redis import Redis

from trainer.lab.labs.rate_limiter.counters import real
from trainer.lab.stage import Stage
from trainer.resilience.rate_limit import RateLimit, take

EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class Gained:
    """How many had passed since the bucket was empty, at a time after that."""

    at_s: float
    passed: int


def refill(stage: Stage, redis: Redis, key: str, limit: RateLimit, for_s: float) -> list[Gained]:
    """Empty the bucket, then take what there is, ten times a second."""
    take(redis, key, limit, limit.capacity)
    began, passed = time.monotonic(), 0
    gained = [Gained(0.0, 0)]
    while gained[-1].at_s < for_s:
        stage.wait(EVERY_S)
        passed += _take_all(stage, redis, key, limit)
        gained.append(Gained(time.monotonic() - began, passed))
        stage.say(f"{passed:,} tokens gained", 0.6 + 0.35 * min(1.0, gained[-1].at_s / for_s))
    return gained


def _take_all(stage: Stage, redis: Redis, key: str, limit: RateLimit) -> int:
    passed = 0
    while real(redis, key, limit):
        passed += 1
        stage.check()
    return passed
