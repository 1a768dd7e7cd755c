"""pgvector's index of a base's tweets next to comparing with every vector."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from trainer.lib.benchmark import Spread, interleaved
from trainer.twitter.discovery.hnsw import nearest_ids
from trainer.twitter.discovery.links import Matrix
from trainer.twitter.mixer.known import of
from trainer.twitter.mixer.machine import of_this_process
from trainer.twitter.world.population import Ints
from trainer.twitter.world.value import World

MS: Final = 1_000.0
EXACT, RECENT = "exact", "recent"
ROUNDING: Final = 1e-5  # of a sum of 32 products, here and in Postgres
Way = Callable[[Matrix], Ints]


@dataclass(frozen=True, slots=True)
class Searched:
    """At one `ef_search`: the share (0 to 1) of the wanted that the index finds, each as near as
    the last of the exactly nearest at least, a mean over readers; and the time of one search in ms,
    with its way to Postgres."""

    ef_search: int
    recall: float
    ms: Spread


@dataclass(frozen=True, slots=True)
class IndexAgainstExact:
    """`exact_ms`: of one product with all `tweets` vectors and the choice of the nearest;
    `recent_ms`: the same among the `recent` ones alone, as the timeline does it."""

    tweets: int
    recent: int
    wanted: int
    exact_ms: Spread
    recent_ms: Spread
    index: tuple[Searched, ...]


def index_against_exact(
    world: World,
    account_ids: Sequence[int],
    *,
    wanted: int,
    ef_searches: Sequence[int],
    rounds: int,
    check: Callable[[], None],
) -> IndexAgainstExact:
    """For these accounts as the base knows them: the `wanted` nearest of all its tweets that
    somebody liked. Each round's time is the mean over the accounts; the ways take turns. `check` is
    called before each. Raises PartFailed where the artefacts are missing.
    """
    known = of_this_process().shelf.known(world)
    vectors, recent = of(known.vectors), of(known.recent)
    liked = np.flatnonzero(vectors.likers > 0)
    held = _Held(of(known.snapshot).tweets.id[liked], vectors.tweets[liked])
    readers = [vectors.accounts[id - 1] for id in account_ids]
    wanted = min(wanted, len(held.ids))
    few = min(wanted, len(recent.rows))

    def timed(search: Way) -> float:
        check()
        began = time.perf_counter()
        for reader in readers:
            search(reader)
        return (time.perf_counter() - began) * MS / len(readers)

    ways: dict[str, Way] = {
        str(ef): partial(_indexed, world, wanted, ef_search=ef) for ef in ef_searches
    }
    everything: dict[str, Way] = {
        **ways,
        EXACT: partial(held.nearest, wanted),
        RECENT: partial(_Held(recent.rows, recent.vectors).nearest, few),
    }
    times = interleaved({name: partial(timed, way) for name, way in everything.items()}, rounds)
    return IndexAgainstExact(
        len(held.ids),
        len(recent.rows),
        wanted,
        times[EXACT],
        times[RECENT],
        tuple(
            Searched(ef, held.recall(wanted, readers, ways[str(ef)]), times[str(ef)])
            for ef in ef_searches
        ),
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Held:
    """Vectors (k, 32) to compare with all, and what each is of (k,), ascending."""

    ids: Ints
    vectors: Matrix

    def nearest(self, wanted: int, reader: Matrix) -> Ints:
        found: Ints = self.ids[np.argpartition(-(self.vectors @ reader), wanted - 1)[:wanted]]
        return found

    def recall(self, wanted: int, readers: Sequence[Matrix], search: Way) -> float:
        """By nearness, as many tweets have the very same vector."""
        shares = []
        for reader in readers:
            near = self.vectors @ reader
            found = near[np.searchsorted(self.ids, search(reader))]
            least = np.partition(near, -wanted)[-wanted] - ROUNDING
            shares.append(np.count_nonzero(found >= least) / wanted)
        return float(np.mean(shares))


def _indexed(world: World, wanted: int, reader: Matrix, *, ef_search: int) -> Ints:
    return nearest_ids(world, reader, wanted, ef_search=ef_search)
