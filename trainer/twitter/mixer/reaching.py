"""Redis as one request knows it: there, or away from the first failure on."""

import threading
from collections.abc import Callable
from typing import TypeVar

from redis import Redis

from trainer.twitter.timelines.home import AWAY

T = TypeVar("T")


class Reach:
    """`redis`: None once it is known to be away. Threads of one request share it."""

    def __init__(self, redis: Redis | None) -> None:
        self.redis = redis
        self._waiting: set[int] = set()

    def use(self, call: Callable[[Redis | None], T]) -> T:
        """What the call gives with Redis, or, where that fails or is known to, without (None)."""
        if self.redis is not None:
            me = threading.get_ident()
            self._waiting.add(me)
            try:
                return call(self.redis)
            except AWAY:
                self.redis = None
            finally:
                self._waiting.discard(me)
        return call(None)

    def give_up(self) -> None:
        """A part was cut: if it was within `use`, do not try Redis again. It may have been Postgres
        that was slow; then the next part does without Redis in vain, but no worse."""
        if self._waiting:
            self.redis = None
