"""What starts when the site is ready: the labs' workers. On a small machine they would keep the
site's own from their start."""

import time
from collections.abc import Callable

from redis import RedisError

from trainer.ops import heartbeat
from trainer.resilience import redis_clients
from trainer.runtime.supervise import Child

ASK_EVERY_S = 0.5
LONGEST_S = 20.0  # whatever is away: the labs do not wait for ever


class Afterwards:
    """Calls `start` once: when `worker` has run a task, or LONGEST_S after it was started."""

    def __init__(
        self,
        worker: Child,
        start: Callable[[], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._worker, self._start, self._clock = worker, start, clock
        self._ask_at = 0.0
        self._is_done = False

    def tick(self) -> None:
        """Call often, from the start of the worker on."""
        now = self._clock()
        if self._is_done or now < self._ask_at:
            return
        self._ask_at = now + ASK_EVERY_S
        running_s = now - self._worker.started_at
        if running_s > LONGEST_S or _has_beaten(running_s):
            self._is_done = True
            self._start()


def _has_beaten(within_s: float) -> bool:
    try:
        age_s = heartbeat.age_s(redis_clients.rebuildable())
    except (RedisError, OSError):
        return False
    return age_s is not None and age_s < within_s
