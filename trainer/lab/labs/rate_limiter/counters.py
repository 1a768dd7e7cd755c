"""Two ways to decide whether one more request may pass. Both really ask Redis."""

from redis import Redis

from trainer.lab.stage import LabError
from trainer.resilience.rate_limit import RateLimit, take

SLOWEST_PER_S = 1 / 86_400  # a token a day: during a burst, none
KEPT_S = 60


def real(redis: Redis, key: str, limit: RateLimit) -> bool:
    """The site's limiter: one script, which nothing else in Redis can come between."""
    verdict = take(redis, key, limit)
    if not verdict.is_counted:
        raise LabError("Redis is away, so nothing is counted: try again in a minute.")
    return verdict.allowed


def naive(redis: Redis, key: str, allowed: int) -> bool:
    """Read, compare, write: whoever reads between another's read and write counts from the same
    number."""
    used = int(redis.get(key) or 0)
    if used >= allowed:
        return False
    redis.set(key, used + 1, ex=KEPT_S)
    return True
