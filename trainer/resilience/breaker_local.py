"""A process's own breakers, for while Redis is away, and when to ask Redis again."""

import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from redis.exceptions import RedisError

from trainer.resilience import breaker_rules as rules
from trainer.resilience.breaker_rules import MICRO, Permit, Policy, Receipt, State, View
from trainer.resilience.pausing import PAUSE_S, Pause
from trainer.resilience.scripts import Call, Client, Script, run_many

MOST_LOCAL: Final = 10_000  # breakers kept in a process; the one not used for longest goes first
_ELSEWHERE: Final = -1  # what Redis permitted is of no generation of this process's

log = logging.getLogger(__name__)


class Fallback:
    """One process's own breakers, and when to ask Redis again. Threads may share it.

    `clock`: seconds, only for this process's rules and pauses.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._pause = Pause(clock)
        self._states: OrderedDict[bytes, State] = OrderedDict()

    def shared(self, redis: Client, script: Script, calls: Sequence[Call]) -> list[Any] | None:
        """The script's replies; None when Redis is away, or was a moment ago."""
        if not calls:
            return []
        if not self._pause.may_try():
            return None
        try:
            replies = run_many(redis, script, calls)
        except RedisError as error:  # also one that is there and refuses to write
            self._failed(error)
            return None
        self._pause.answered()
        return replies

    def ask(self, key: bytes, policy: Policy, now: int | None, who: str) -> Permit:
        with self._lock:
            state, permit = rules.ask(self._states.get(key), policy, self._now(now), who)
            self._keep(key, state)
        return replace(permit, is_shared=False)

    def report(
        self, key: bytes, permit: Permit, ok: bool, policy: Policy, now: int | None
    ) -> Receipt:
        token = _ELSEWHERE if permit.is_shared else permit.token
        with self._lock:
            known = self._states.get(key)
            state, receipt = rules.report(known, policy, self._now(now), token, ok)
            if state is not None:
                self._keep(key, state)
        return replace(receipt, is_shared=False)

    def told(self, key: bytes, permit: Permit, policy: Policy, now: int | None, who: str) -> None:
        """What Redis said. Without it an open breaker would close when Redis, or this process, is
        too slow to be asked."""
        with self._lock:
            state = rules.as_told(permit, policy, self._now(now), who)
            known = self._states.get(key)
            if state is not None:
                self._keep(key, state)
            elif known is not None and known.opened_us is not None:
                del self._states[key]

    def look(self, key: bytes, policy: Policy, now: int | None) -> View:
        with self._lock:
            view = rules.look(self._states.get(key), policy, self._now(now))
        return replace(view, is_shared=False)

    def _now(self, now: int | None) -> int:
        return int(self._clock() * MICRO) if now is None else now

    def _keep(self, key: bytes, state: State) -> None:
        self._states[key] = state
        self._states.move_to_end(key)
        while len(self._states) > MOST_LOCAL:
            self._states.popitem(last=False)

    def _failed(self, error: RedisError) -> None:
        self._pause.failed()
        reason = type(error).__name__  # its text would hold the address
        log.warning("breakers are this process's own for %.0f s: %s", PAUSE_S, reason)


@lru_cache(maxsize=1)
def process_fallback() -> Fallback:
    """The one of this process. `process_fallback.cache_clear()` forgets it, and its pause."""
    return Fallback()


os.register_at_fork(after_in_child=process_fallback.cache_clear)  # a lock might be held
