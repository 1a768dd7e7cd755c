"""The other side: what a reader waits for, and whether they see the same."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from statistics import median

from trainer.lab.stage import Stage
from trainer.twitter import api

ROUNDS = 9
ENTRIES = 50
FINDING = ("windows", "pulls", "merge")  # stages of a read
Shown = tuple[int, str, int | None]  # an entry, whatever ids its world gave to it


@dataclass(frozen=True, slots=True)
class Read:
    """Medians over the rounds; `page` is the last one. `first_ms`: of the read before them, which
    makes what is not there yet. `find_ms`: until the ids are in hand; who is followed, and what
    stands in the tweets, is asked in every way alike."""

    first_ms: float
    total_ms: float
    find_ms: float
    pulls_ms: float
    page: api.HomePage


@dataclass(frozen=True, slots=True)
class Reads:
    """`everything_pulled`: as if nothing had ever been pushed to anybody. `different`: entries that
    are not the same in all of these timelines."""

    by_policy: Mapping[str, Read]
    everything_pulled: Read
    different: int

    @property
    def entries(self) -> int:
        """How many places were compared."""
        return max(len(read.page.entries) for read in self._all)

    @property
    def _all(self) -> list[Read]:
        return [*self.by_policy.values(), self.everything_pulled]


def measure(stage: Stage, worlds: Mapping[str, api.World], reader: api.AccountRow) -> Reads:
    """Every way to read, in turn, round after round."""
    stage.say(f"Reading the timeline of @{reader.handle}", 0.7)
    ways: dict[str, Callable[[], api.HomePage]] = {
        policy: partial(api.chronological_home, world, reader.id, limit=ENTRIES)
        for policy, world in worlds.items()
    }
    any_world = next(iter(worlds.values()))
    ways[""] = partial(api.audiences.pulled_home, any_world, reader.id, limit=ENTRIES)
    timed = {name: [_timed(way)] for name, way in ways.items()}
    for number in range(ROUNDS):
        for name, way in ways.items():
            timed[name].append(_timed(way))
        stage.say(f"Reading the timeline of @{reader.handle}", 0.7 + 0.25 * number / ROUNDS)
    reads = {name: _read(pages) for name, pages in timed.items()}
    timelines = [[_shown(entry) for entry in read.page.entries] for read in reads.values()]
    return Reads({policy: reads[policy] for policy in worlds}, reads[""], _different(timelines))


def _timed(way: Callable[[], api.HomePage]) -> tuple[float, api.HomePage]:
    started = time.perf_counter()
    page = way()
    return (time.perf_counter() - started) * 1000, page


def _read(timed: list[tuple[float, api.HomePage]]) -> Read:
    (first_ms, _), *rounds = timed
    return Read(
        first_ms,
        median(ms for ms, _ in rounds),
        median(sum(page.stage_ms.get(stage, 0.0) for stage in FINDING) for _, page in rounds),
        median(page.stage_ms.get("pulls", 0.0) for _, page in rounds),
        rounds[-1][1],
    )


def _shown(entry: api.Entry) -> Shown:
    tweet = entry.tweet
    return tweet.author_id, tweet.text, tweet.retweet_of


def _different(timelines: list[list[Shown]]) -> int:
    longest = max(map(len, timelines))
    padded = [[*timeline, *[None] * (longest - len(timeline))] for timeline in timelines]
    return sum(len(set(place)) > 1 for place in zip(*padded, strict=True))
