"""Leaving a server alone for a while once it was away. Pure."""

import threading
import time
from collections.abc import Callable
from typing import Final

PAUSE_S: Final = 5.0  # who asks often must not wait for it each time


class Pause:
    """Of one process. While the server is away, one call every PAUSE_S finds out whether it still
    is; the others need not wait for it, each in a thread of its own. Threads may share it.

    `clock`: seconds, never set back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._try_at = 0.0  # 0: it answered when last asked

    def may_try(self) -> bool:
        with self._lock:
            now = self._clock()
            if now < self._try_at:
                return False
            if self._try_at:
                self._try_at = now + PAUSE_S
            return True

    def failed(self) -> None:
        with self._lock:
            self._try_at = self._clock() + PAUSE_S

    def answered(self) -> None:
        self._try_at = 0.0
