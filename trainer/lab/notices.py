"""Telling the web processes that a run changed, so that a page need not ask every moment.

A notice may be lost, and costs nothing then: the page asks now and then all the same.
"""

import os
from functools import lru_cache

from redis.exceptions import RedisError

from trainer.resilience.pausing import Pause
from trainer.resilience.redis_clients import broker

CHANNEL = "lab:changed"


def notify(run_id: str) -> bool:
    """Say that the run changed; whether the broker took it. On the broker, which is one node where
    the rebuildable Redis may be a cluster. Waits for an answer for a second at most, and not for
    one that was silent a moment ago."""
    if not _pause().may_try():
        return False
    try:
        broker().publish(CHANNEL, run_id)
    except (RedisError, OSError):
        _pause().failed()
        return False
    _pause().answered()
    return True


@lru_cache(maxsize=1)
def _pause() -> Pause:
    return Pause()


os.register_at_fork(after_in_child=_pause.cache_clear)  # a lock might be held
