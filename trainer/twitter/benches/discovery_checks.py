"""How good discovery's embeddings are: figures for `bench ranking`.

`neighbours_purity`: are an account's nearest accounts of its planted community? (The labels are the
simulator's, drawn again by `make_population`: for this check alone.)
`index_against_exact`: does pgvector's index find what comparing with every vector finds, and how
long does each take?
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.columns.snapshot import Snapshot
from trainer.twitter.discovery.hnsw import nearest_ids
from trainer.twitter.discovery.links import Matrix
from trainer.twitter.discovery.vectors import Vectors
from trainer.twitter.world.population import Ints
from trainer.twitter.world.value import World

NEIGHBOURS = 20
WANTED = 300  # tweets
EF_SEARCH = (40, 100, 200, 400, 800)
MS = 1_000.0


@dataclass(frozen=True, slots=True)
class NeighboursPurity:
    """Shares (0 to 1) of neighbours, a mean over accounts: of the account's own community; of any
    community about the same topic; and the former for neighbours by chance."""

    community: float
    topic: float
    by_chance: float


@dataclass(frozen=True, slots=True)
class IndexFigures:
    """At one `ef_search`: the share of the exactly nearest that the index finds too, a mean over
    readers; and the middle and 99th percentile of a query, with its way to Postgres."""

    ef_search: int
    recall: float
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """`exact_p50_ms`: numpy's product with all vectors that the index holds, and the choice of the
    nearest; on one core, if numpy is told so."""

    tweets: int
    wanted: int
    exact_p50_ms: float
    exact_p99_ms: float
    index: tuple[IndexFigures, ...]


def neighbours_purity(
    accounts: Matrix, community: Ints, topic_of: Ints, rng: np.random.Generator, sample: int = 1_000
) -> NeighboursPurity:
    """Of `sample` accounts drawn from vectors (n, d), with the planted `community` (n,) of each and
    `topic_of` (communities,)."""
    chosen = rng.choice(len(accounts), min(sample, len(accounts)), replace=False)
    cosine = accounts[chosen] @ accounts.T
    cosine[np.arange(len(chosen)), chosen] = -np.inf
    near = np.argpartition(-cosine, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    topic = topic_of[community]
    share = np.bincount(community) / len(community)
    return NeighboursPurity(
        float((community[near] == community[chosen][:, None]).mean()),
        float((topic[near] == topic[chosen][:, None]).mean()),
        float(share[community[chosen]].mean()),
    )


def index_against_exact(
    world: World,
    snapshot: Snapshot,
    vectors: Vectors,
    readers: NDArray[np.int64],
    *,
    wanted: int = WANTED,
    ef_searches: Sequence[int] = EF_SEARCH,
) -> Comparison:
    """For `readers` (account ids): the `wanted` tweets of the greatest inner product, among all of
    the base that somebody liked. `snapshot` and `vectors`: the base's, as kept."""
    liked = np.flatnonzero(vectors.likers > 0)
    ids, rows = snapshot.tweets.id[liked], vectors.tweets[liked]
    wanted = min(wanted, len(ids))
    truths, took = [], []
    for reader in vectors.accounts[readers - 1]:
        began = time.perf_counter()
        truths.append(ids[np.argpartition(-(rows @ reader), wanted - 1)[:wanted]])
        took.append((time.perf_counter() - began) * MS)
    figures = tuple(_figures(world, vectors, readers, truths, ef) for ef in ef_searches)
    return Comparison(len(ids), wanted, *_p50_p99(took), figures)


def _figures(
    world: World,
    vectors: Vectors,
    readers: NDArray[np.int64],
    truths: Sequence[Ints],
    ef_search: int,
) -> IndexFigures:
    recalls, took = [], []
    for account_id, truth in zip(readers.tolist(), truths, strict=True):
        reader = vectors.accounts[account_id - 1]
        began = time.perf_counter()
        found = nearest_ids(world, reader, len(truth), ef_search=ef_search)
        took.append((time.perf_counter() - began) * MS)
        recalls.append(float(np.isin(truth, found).mean()))
    return IndexFigures(ef_search, float(np.mean(recalls)), *_p50_p99(took))


def _p50_p99(took_ms: Sequence[float]) -> tuple[float, float]:
    p50, p99 = np.percentile(took_ms, [50, 99])
    return float(p50), float(p99)
