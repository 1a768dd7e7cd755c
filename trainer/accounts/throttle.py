"""Counting sign-ups per address, so that a script cannot fill the table and burn hashing time."""

import logging
from functools import lru_cache

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

SIGN_UPS_PER_HOUR = 30  # a class behind one address gets in, a script does not get far
WINDOW_S = 3600

log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def store() -> Redis:
    """The rebuildable Redis, which is the right place for a count that may be lost."""
    return Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)


def seconds_to_wait(redis: Redis, address: str) -> int:
    """Count one sign-up from `address`: 0 if it may go on, else the seconds until it may.

    Lets people in when Redis is down: signing up must not depend on it.
    """
    key = f"accounts:sign-ups:{address}"
    try:
        with redis.pipeline() as pipe:
            pipe.set(key, 0, ex=WINDOW_S, nx=True)
            pipe.incr(key)
            pipe.ttl(key)
            _, count, left_s = pipe.execute()
    except RedisError as error:
        log.warning("sign-ups are not throttled: %s", error)
        return 0
    return max(1, int(left_s)) if count > SIGN_UPS_PER_HOUR else 0
