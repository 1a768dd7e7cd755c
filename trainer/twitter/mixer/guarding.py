"""What stands around the parts of one request: a breaker, a limit of time, injected faults."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as NoAnswer

from trainer.resilience import breaker
from trainer.resilience.bounded import Calls, NoResult, TimedOut
from trainer.resilience.breaker import Fallback, Permit, Policy
from trainer.resilience.deadline import Deadline
from trainer.resilience.faults import Faults, InjectedFault
from trainer.resilience.pausing import Pause
from trainer.resilience.scripts import Client
from trainer.resilience.single_flight import StillMissing
from trainer.twitter import keys
from trainer.twitter.errors import FeaturesDoNotFit, PartFailed
from trainer.twitter.mixer.budget import BREAKERS, ON_POSTGRES, POLICY, RESERVED_S, SHARES_S
from trainer.twitter.world.value import World

T = TypeVar("T")

# A server that is away, and a limit. (A pool of connections that gives none is a DatabaseError.)
OUTAGES = (RedisError, DatabaseError, InterfaceError, OSError, StillMissing, NoResult)
# Besides: a fault that was asked for, and what numbers raise that do not fit together, such as a
# damaged artefact's. A TypeError or an AttributeError is a bug of ours and goes through.
NUMBERS = (FeaturesDoNotFit, ArithmeticError, LookupError, ValueError, MemoryError)
FAILURES = (*OUTAGES, InjectedFault, *NUMBERS)
# The first that fits. (A pool that gives no connection in time is an OperationalError.)
WHAT: Final = (
    ((NoConnection, NoAnswer), "Redis is away"),
    (RedisError, "Redis refused it"),
    (StillMissing, "another request has been making it for too long"),
    ((OperationalError, InterfaceError), "Postgres is away"),
    (DatabaseError, "Postgres refused it"),
    (OSError, "the machine refused it"),
    (MemoryError, "there was no memory left for it"),
    (NUMBERS, "its numbers do not fit together"),
)


@dataclass(eq=False, slots=True)
class Guarded:
    """The guard of one request, and what became of its parts; to be closed when the request ends.

    A part without a share of the time (see budget.py) is only kept from raising anything but
    PartFailed. `fallback`: breakers while Redis is away. `postgres`: whether to leave it alone. By
    part: `permits`, `went_well`, and `ms`, what it took in all. `policy`: the breakers' rules.
    """

    calls: Calls
    fallback: Fallback
    postgres: Pause
    deadline: Deadline
    faults: Faults
    policy: Policy = POLICY
    permits: Mapping[str, Permit] = field(default_factory=dict)
    went_well: dict[str, bool] = field(default_factory=dict)
    ms: dict[str, float] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __call__(self, part: str, call: Callable[[], T]) -> T:
        """What the call gives. Raises PartFailed, with why, and the caller's own mistakes."""
        began = time.perf_counter()
        if part in SHARES_S:
            (outcome,) = self.together({part: call}).values()
        else:
            outcome = _attempt(call)
        self.ms[part] = self.ms.get(part, 0.0) + (time.perf_counter() - began) * 1000
        if isinstance(outcome, PartFailed):
            raise outcome
        return outcome

    def together(self, calls: Mapping[str, Callable[[], T]]) -> Mapping[str, T | PartFailed]:
        """Of each call by its part's name, at once: what it gives, or why it failed."""
        refused = {part: why for part in calls if (why := self._refusal(part))}
        parts = [part for part in calls if part not in refused]
        limits_s = [self._limit_s(part) for part in parts]
        given: list[Any] = self.calls.together(
            [partial(self._struck, part, calls[part]) for part in parts], limits_s
        )
        outcomes: dict[str, T | PartFailed] = dict(
            zip(parts, map(self._noted, parts, given, limits_s), strict=True)
        )
        return {part: outcomes[part] if part in outcomes else refused[part] for part in calls}

    def ask(self, redis: Client, world: World) -> bool:
        """Ask for a permit of every part that has a breaker; whether Redis is there."""
        asked = [keys.breaker(world.id, part) for part in BREAKERS]
        ask = partial(breaker.ask, redis, asked, self.policy, fallback=self.fallback)
        began = time.perf_counter()
        try:
            permits = self.calls.within(self._limit_s("breakers"), ask)
        except NoResult:  # Redis is silent: the call that is abandoned will tell the fallback
            permits = [self.fallback.ask(key, self.policy, None, "a request") for key in asked]
        self.ms["breakers"] = (time.perf_counter() - began) * 1000
        self.permits = dict(zip(BREAKERS, permits, strict=True))
        return all(permit.is_shared for permit in permits)

    def close(self, redis: Client, world: World) -> None:
        """End what hangs because it was asked to; report what the breakers must know: failures,
        and how probes went. Of a closed breaker a success counts for nothing."""
        self._stop.set()
        outcomes = [
            (keys.breaker(world.id, part), permit, ok)
            for part, ok in self.went_well.items()
            if (permit := self.permits.get(part)) and not (ok and permit.state == "closed")
        ]
        if not outcomes:
            return
        report = partial(breaker.report, redis, outcomes, self.policy, fallback=self.fallback)
        try:
            self.calls.within(SHARES_S["breakers"], report)
        except NoResult:
            return

    def _refusal(self, part: str) -> PartFailed | None:
        permit = self.permits.get(part)
        if permit is not None and not permit.allowed:
            return PartFailed(refusal(permit, self.policy))
        if not self._limit_s(part):
            return PartFailed("no time was left for it")
        if part in ON_POSTGRES and not self.postgres.may_try():
            return PartFailed("Postgres was away a moment ago")
        return None

    def _limit_s(self, part: str) -> float:
        reserved_s = 0.0 if part == "cache" else RESERVED_S
        left = self.deadline.remaining_s - SHARES_S["breakers"] - reserved_s
        return max(0.0, min(SHARES_S[part], left))

    def _struck(self, part: str, call: Callable[[], T]) -> T:
        """In the part's own thread, which goes on when the part is cut: so what becomes known of
        Postgres then is not lost."""
        self.faults.strike(part, self._stop)
        try:
            found = call()
        except (OperationalError, InterfaceError):
            self.postgres.failed()
            raise
        if part in ON_POSTGRES:
            self.postgres.answered()
        return found

    def _noted(self, part: str, outcome: T | BaseException, limit_s: float) -> T | PartFailed:
        """With a note for the breaker, unless it was not the part's doing: a thing that it needs is
        not there, or others had used up the time or the threads."""
        if isinstance(outcome, PartFailed):
            return outcome
        if isinstance(outcome, FAILURES):
            if not isinstance(outcome, NoResult) or (
                isinstance(outcome, TimedOut) and limit_s == SHARES_S[part]
            ):
                self.went_well[part] = False
            return PartFailed(sentence(outcome))
        if isinstance(outcome, BaseException):
            raise outcome
        self.went_well[part] = True
        return outcome


def refusal(permit: Permit, policy: Policy = POLICY) -> str:
    """Why a breaker lets nobody through, and until when."""
    if permit.state == "half-open":
        return "its breaker is half-open, and another request tries it just now"
    return (
        f"its breaker is open after {policy.failures} failures in {policy.window_s:.0f} s; "
        f"next try in {permit.retry_after_s:.0f} s"
    )


def sentence(error: BaseException) -> str:
    """What went wrong, without an address: a driver's own message holds one."""
    if isinstance(error, NoResult | InjectedFault | FeaturesDoNotFit):
        return str(error).removesuffix(".")
    return f"{_what(error)} ({type(error).__name__})"


def _what(error: BaseException) -> str:
    for kinds, what in WHAT:
        if isinstance(error, kinds):
            return what
    return "it failed"


def _attempt(call: Callable[[], T]) -> T | PartFailed:
    try:
        return call()
    except FAILURES as error:
        return PartFailed(sentence(error))
