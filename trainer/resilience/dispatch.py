"""Sending tasks: after the commit, without a long wait for a broker that is away, never failing.

Whoever sends here has also left a row in Postgres, in the same transaction, which a sweep finds:
a send that fails costs a few seconds, nothing else.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

from django.db import transaction
from kombu.exceptions import LimitExceeded, OperationalError
from kombu.pools import ProducerPool
from redis.exceptions import RedisError

from trainer.resilience.pausing import PAUSE_S, Pause

TIMEOUT_S = 1.0
SENDERS = 50  # connections at most; more threads than that do not send at once
# Of a connection of our own: a worker's must wait longer, for it blocks on an empty queue.
BOUNDED = {
    "socket_timeout": TIMEOUT_S,
    "socket_connect_timeout": TIMEOUT_S,
    "max_retries": 0,  # kombu would try to connect for ever
}
AWAY = (OperationalError, LimitExceeded, RedisError, OSError)

log = logging.getLogger(__name__)


def dispatch(task: Any, *args: Any, **options: Any) -> None:
    """Send a Celery task with `args` when the current transaction commits, or now outside of one.

    `options` are apply_async's, such as `expires` or `countdown`. Waits about a second at most
    and never raises for a broker that is away.
    """
    transaction.on_commit(partial(_sender().send, task, args, options))


def send(task: Any, *args: Any, **options: Any) -> bool:
    """As dispatch, but now, and without a database: for who supervises. Whether it was sent."""
    return _sender().send(task, args, options)


def failures() -> int:
    """How many sends of this process did not reach the broker, those it did not try included."""
    return _sender().failures


@lru_cache(maxsize=1)
def _sender() -> "Sender":
    return Sender()


os.register_at_fork(after_in_child=_sender.cache_clear)  # connections are not shared by processes


class Sender:
    """One process's way to the broker; after a failure it is left alone for PAUSE_S."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.failures = 0
        self._pause = Pause(clock)
        self._lock = threading.Lock()
        self._pool: Any = None  # kombu has no types

    def send(self, task: Any, args: Sequence[Any], options: dict[str, Any]) -> bool:
        """Whether the broker has taken it."""
        if not self._pause.may_try():
            self.failures += 1
            return False
        try:
            with self._producers(task.app).acquire(block=True, timeout=TIMEOUT_S / 10) as producer:
                task.apply_async(args, producer=producer, retry=False, **options)
        except AWAY as error:
            self._failed(task.name, error)
            return False
        self._pause.answered()
        return True

    def _producers(self, app: Any) -> Any:
        with self._lock:
            if self._pool is None:
                connection = app.connection_for_write(transport_options=BOUNDED)
                pool = connection.Pool(SENDERS)
                self._pool = ProducerPool(pool, SENDERS)  # type: ignore[no-untyped-call]
            return self._pool

    def _failed(self, name: str, error: Exception) -> None:
        self._pause.failed()
        with self._lock:
            self.failures += 1
            pool, self._pool = self._pool, None  # none of its connections is worth keeping
        if pool is not None:
            pool.force_close_all()
        reason = type(error.__cause__ or error).__name__  # its text would hold the address
        log.warning(
            "%s is not sent (%s): left to the sweep; next try in %.0f s",
            name,
            reason,
            PAUSE_S,
        )
