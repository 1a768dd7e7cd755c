"""Timing the ranker's work: one by one, in batches, and over threads."""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from trainer.twitter import api

Case = TypeVar("Case")
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds on the clock, of the processor (all threads together), and on the clock of the
    part that was spread over threads."""

    wall_ms: float
    cpu_ms: float
    spread_ms: float = 0.0


def timed(call: Callable[[], float | None]) -> Timed:
    """How long a call took; it may say itself how many milliseconds of it were spread."""
    wall, cpu = time.perf_counter(), time.process_time()
    spread_ms = call() or 0.0
    cpu_ms = (time.process_time() - cpu) * 1_000
    return Timed((time.perf_counter() - wall) * 1_000, cpu_ms, spread_ms)


def middle(several: Sequence[Timed]) -> Timed:
    """The median of each."""
    return Timed(
        median(each.wall_ms for each in several),
        median(each.cpu_ms for each in several),
        median(each.spread_ms for each in several),
    )


def in_turns(
    cases: Mapping[Case, Callable[[], float | None]], rounds: int, after: Callable[[], None]
) -> dict[Case, list[Timed]]:
    """All cases, round by round, so that a slow moment of the machine strikes them alike; a first
    round does not count. `after` is called after each round."""
    found: dict[Case, list[Timed]] = {case: [] for case in cases}
    for turn in range(rounds + 1):
        for case, call in cases.items():
            one = timed(call)
            if turn:
                found[case].append(one)
        after()
    return found


def threads_to_try(cores: int, most: int = 16) -> list[int]:
    """1, 2, 4, ... to twice the cores, and the cores themselves; ascending."""
    doubled = {2**power for power in range(5)}
    return sorted(each for each in doubled | {cores} if each <= min(2 * cores, most))


def cores_here() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_batches(work: api.RankerWork, rows: NDArray[np.float32], batch: int) -> Scores:
    """The scores of all rows, so many at a time."""
    return np.concatenate([work.scores(rows[i : i + batch]) for i in range(0, len(rows), batch)])


@dataclass(frozen=True, eq=False, slots=True)
class Ranking:
    """Ranking `count` candidates in batches. What is spread over threads is the network alone, or
    (`with_rows`) gathering its features too; the rest is done once, by one thread."""

    work: api.RankerWork
    count: int
    batch: int
    with_rows: bool

    def order(self, pool: ThreadPoolExecutor | None = None) -> NDArray[np.intp]:
        """The candidates, best first. `pool` None: this thread does it all."""
        return self._ranked(pool)[0]

    def spread_ms(self, pool: ThreadPoolExecutor | None = None) -> float:
        """How long the part that is spread took; what else there is to do is done as well."""
        return self._ranked(pool)[1]

    def _ranked(self, pool: ThreadPoolExecutor | None) -> tuple[NDArray[np.intp], float]:
        starts = range(0, self.count, self.batch)
        rows = None if self.with_rows else self.work.rows(0, self.count)

        def scored(start: int) -> Scores:
            end = min(start + self.batch, self.count)
            some = self.work.rows(start, end) if rows is None else rows[start:end]
            return self.work.scores(some)

        began = time.perf_counter()
        parts: Iterable[Scores] = map(scored, starts) if pool is None else pool.map(scored, starts)
        scores = np.concatenate(list(parts))
        spread_ms = (time.perf_counter() - began) * 1_000
        return np.argsort(-scores, kind="stable"), spread_ms
