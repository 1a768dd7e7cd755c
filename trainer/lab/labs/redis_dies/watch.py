"""Reads of some readers' timelines: how long each took, where from, and whether it is the same."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from statistics import median

from trainer.twitter import api

ENTRIES = 50


class Phase(StrEnum):
    """In the order in which a run sees them."""

    WARM = "with Redis, before"
    AWAY = "without Redis, from Postgres"
    REBUILDING = "first read with an empty Redis"
    AGAIN = "with Redis, after"


@dataclass(frozen=True, slots=True)
class Read:
    """`at_s`: since the watch began; `rebuilt`: what this read had to make in Redis; `is_same`: as
    its reader's first one."""

    at_s: float
    ms: float
    reader: int
    phase: Phase
    rebuilt: int
    is_same: bool


class Watch:
    """All reads of a run, from the moment at which the lists are warm."""

    def __init__(self, world: api.World, readers: Sequence[int]) -> None:
        self.readers = readers
        self.reads: list[Read] = []
        self._world = world
        self._known: dict[int, list[int]] = {}
        self._began = time.monotonic()
        self._struck_s: float | None = None

    def learn(self, reader: int) -> None:
        """What this reader is to see, always."""
        self._known[reader] = _ids(self._page(reader))
        self._began = time.monotonic()

    def struck(self) -> None:
        """From now on Redis is away, or empty."""
        self._struck_s = time.monotonic() - self._began

    def read(self, reader: int) -> None:
        """As any reader reads."""
        self._timed(reader, partial(self._page, reader))

    def read_without(self, reader: int) -> None:
        """From Postgres alone."""
        self._timed(reader, partial(api.audiences.pulled_home, self._world, reader, limit=ENTRIES))

    def of(self, phase: Phase) -> list[Read]:
        return [read for read in self.reads if read.phase is phase]

    def median_ms(self, phase: Phase) -> float:
        return median(read.ms for read in self.of(phase))

    @property
    def is_over(self) -> bool:
        """Whether everybody was served anew, and then from what that made."""
        again = {read.reader for read in self.of(Phase.AGAIN)}
        return again == set(self.readers) and bool(self.of(Phase.AWAY))

    @property
    def away_s(self) -> float:
        """From the first read that Redis did not answer after the strike to the last one."""
        struck_s = self._struck_s or 0.0
        times = [read.at_s for read in self.of(Phase.AWAY) if read.at_s >= struck_s]
        return times[-1] - times[0] if times else 0.0

    def told(self) -> str:
        last = self.reads[-1]
        return f"{len(self.reads)} reads answered, the last one in {last.ms:.0f} ms, {last.phase}"

    def _page(self, reader: int) -> api.HomePage:
        return api.chronological_home(self._world, reader, limit=ENTRIES)

    def _timed(self, reader: int, read: Callable[[], api.HomePage]) -> None:
        started = time.perf_counter()
        page = read()
        ms = (time.perf_counter() - started) * 1000
        at_s = time.monotonic() - self._began
        is_same = _ids(page) == self._known[reader]
        self.reads.append(Read(at_s, ms, reader, self._phase(page), page.rebuilt, is_same))

    def _phase(self, page: api.HomePage) -> Phase:
        if page.source == "postgres":
            return Phase.AWAY
        if page.rebuilt:
            return Phase.REBUILDING
        return Phase.AGAIN if self.of(Phase.REBUILDING) else Phase.WARM


def _ids(page: api.HomePage) -> list[int]:
    return [entry.tweet.id for entry in page.entries]
