"""Calls with a time limit: in threads, of which there is a bounded number.

A thread cannot be stopped. A call that overruns is abandoned: whoever waited goes on without it,
and its thread is free again when it ends. While all threads are held by such calls, new calls are
refused at once instead of waiting for what may never come.
"""

import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final, Literal, Protocol, TypeVar

from django.db import connections

T = TypeVar("T")
Call = Callable[[], T]

MOST_THREADS: Final = 64  # eight readers at once, each with half a dozen calls, and some to spare


class NoResult(Exception):
    """A call was cut, or never begun."""


class TimedOut(NoResult):
    def __init__(self, limit_s: float) -> None:
        super().__init__(f"no answer within {limit_s:.3f} s")


class AllThreadsStuck(NoResult):
    def __init__(self, threads: int) -> None:
        super().__init__(f"all {threads} threads are held by calls that overran: try again later")


class Calls(Protocol):
    """A way to make calls. `Threads` cuts them; `Inline` runs them where it is called."""

    def together(
        self, calls: Sequence[Call[T]], limits_s: Sequence[float]
    ) -> list[T | BaseException]:
        """Each call's result, or the exception that it raised or that cut it (NoResult), in their
        order. `limits_s`: one each, all from now on; waiting for a free thread counts."""
        ...

    def within(self, limit_s: float, call: Call[T]) -> T:
        """One call's result. Raises what it raises, and NoResult."""
        ...


class Threads:
    """Up to `most` threads, made when they are needed and kept. After each call its connections to
    the database are closed: given back, where there is a pool of them."""

    def __init__(self, most: int = MOST_THREADS) -> None:
        self.most = most
        self._jobs: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads = 0
        self._unfinished = 0  # waiting, running and abandoned calls
        self._abandoned = 0

    def together(
        self, calls: Sequence[Call[T]], limits_s: Sequence[float]
    ) -> list[T | BaseException]:
        begun = time.monotonic()
        jobs = [self._submit(call) for call in calls]
        return [
            self._outcome(job, limit_s, begun + limit_s - time.monotonic())
            for job, limit_s in zip(jobs, limits_s, strict=True)
        ]

    def within(self, limit_s: float, call: Call[T]) -> T:
        (outcome,) = self.together([call], [limit_s])
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    @property
    def abandoned(self) -> int:
        """How many threads are held by calls for which nobody waits any more."""
        return self._abandoned

    def _submit(self, call: Callable[[], Any]) -> "_Job":
        job = _Job(call)
        with self._lock:
            if self._abandoned >= self.most:
                job.finish(AllThreadsStuck(self.most))
                return job
            self._unfinished += 1
            if self._threads < min(self._unfinished, self.most):
                self._threads += 1
                # As daemons: a process that ends does not wait for what hangs.
                threading.Thread(target=self._work, name="bounded", daemon=True).start()
        self._jobs.put(job)
        return job

    def _outcome(self, job: "_Job", limit_s: float, left_s: float) -> Any:
        if not job.done.wait(max(0.0, left_s)):
            with self._lock:
                if job.phase != "finished":
                    job.is_held = job.phase == "running"
                    self._abandoned += job.is_held
                    job.phase = "cut"
                    return TimedOut(limit_s)
        return job.outcome

    def _work(self) -> None:
        while True:
            self._do(self._jobs.get())

    def _do(self, job: "_Job") -> None:
        outcome = _run_and_close(job.call) if self._begin(job) else None
        with self._lock:
            self._unfinished -= 1
            if job.is_held:
                self._abandoned -= 1
            job.finish(outcome)

    def _begin(self, job: "_Job") -> bool:
        with self._lock:
            if job.phase == "cut":  # before it began
                return False
            job.phase = "running"
            return True


class Inline:
    """Calls one after the other in the caller's thread, without limits: within a transaction of a
    test, which another thread's connection would not see."""

    def together(
        self, calls: Sequence[Call[T]], limits_s: Sequence[float]
    ) -> list[T | BaseException]:
        return [_run(call) for call, _ in zip(calls, limits_s, strict=True)]

    def within(self, limit_s: float, call: Call[T]) -> T:  # noqa: ARG002
        return call()


@lru_cache(maxsize=1)
def process_threads() -> Threads:
    """The ones of this process."""
    return Threads()


os.register_at_fork(after_in_child=process_threads.cache_clear)  # threads do not survive a fork


class _Job:
    __slots__ = ("call", "done", "is_held", "outcome", "phase")

    def __init__(self, call: Callable[[], Any]) -> None:
        self.call = call
        self.is_held = False  # cut while it ran: its thread is not free before it ends
        self.done = threading.Event()
        self.outcome: Any = None
        self.phase: Literal["waiting", "running", "cut", "finished"] = "waiting"

    def finish(self, outcome: Any) -> None:
        self.outcome, self.phase = outcome, "finished"
        self.done.set()


def _run(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - it is the caller's, who gets it
        return error


def _run_and_close(call: Callable[[], Any]) -> Any:
    try:
        outcome = call()
    except BaseException as error:  # noqa: BLE001 - also SystemExit: a thread must not be lost
        outcome = error
    return _run(connections.close_all) or outcome  # what could not be closed is an error too
