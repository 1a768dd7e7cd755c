"""The sign of a working queue: beat sends a task, a worker runs it, and the time is written."""

import time

from redis import Redis

KEY = "ops:heartbeat"
INTERVAL_S = 10.0
KEPT_S = 3600


def beat(redis: Redis) -> None:
    """Write that a worker ran a task now."""
    redis.set(KEY, repr(time.time()), ex=KEPT_S)


def age_s(redis: Redis) -> float | None:
    """Seconds since a worker last ran a task; None when none is known."""
    written = redis.get(KEY)
    return None if written is None else max(0.0, time.time() - float(written))
