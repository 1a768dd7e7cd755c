"""Redis as one request knows it: there, or away from the first failure on."""

import threading
from collections.abc import Callable
from typing import TypeVar

from redis import Redis

from trainer.twitter.timelines.home import AWAY

T = TypeVar("T")


class Reach:
    """`asked`: None where the breakers found it away. `redis`: also None once a part did, or was
    cut while it might have been waiting for it. Threads of one request share it."""

    def __init__(self, redis: Redis | None) -> None:
        self.asked, self.redis = redis, redis
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
        """A part was cut: if it was within `use`, let the next part do without Redis. It may have
        been Postgres that was slow; then that is in vain, but no worse. Where there is only Redis
        to try, `asked` may still be tried."""
        if self._waiting:
            self.redis = None
