"""Is discovery sound? Figures for `bench ranking`, as of the base's end.

The planted communities are read here to check, and nowhere else.
"""

from collections.abc import Iterator

import numpy as np

from trainer.twitter.benches.discovery_checks import index_against_exact, neighbours_purity
from trainer.twitter.columns.delta import Delta
from trainer.twitter.columns.log import DeedColumns, Log
from trainer.twitter.columns.present import Present
from trainer.twitter.discovery import kept, stationary
from trainer.twitter.discovery.moved import Moved
from trainer.twitter.discovery.nearest import RECENT_MS, recent_of
from trainer.twitter.discovery.purity import purity
from trainer.twitter.discovery.segments import build
from trainer.twitter.discovery.walks import Seeds, walk
from trainer.twitter.mixer.sources import embeddings, graph
from trainer.twitter.mixer.sources.outside import outside
from trainer.twitter.mixer.types import Fetched, Query, Weights
from trainer.twitter.world.model import make_population
from trainer.twitter.world.population import Ints, Population
from trainer.twitter.world.value import World

FOUND = 375  # what either source is asked for: a quarter of 1,500
SMALL_ACCOUNTS, SMALL_WALKS, SMALL_SEEDS = 400, 400_000, 5
SEED = 3
SAMPLE = 300  # accounts: compared with all, 0.5 GB


def figures(world: World, log: Log, population: Population, readers: Ints) -> dict[str, float]:
    """Of a base with its artefacts; `readers`: account indexes. Raises ArtefactMissing,
    ArtefactOfOtherFormat."""
    snapshot, _ = kept.load_snapshot(world)
    vectors, _ = kept.load_vectors(world)
    planted, rng = population.planted, np.random.default_rng(SEED)
    near = neighbours_purity(vectors.accounts, planted.community, planted.topic_of, rng, SAMPLE)
    index = index_against_exact(world, snapshot, vectors, readers.astype(np.int64) + 1)
    return {
        **_found(world, log, population, readers),
        "neighbours_purity": near.community,
        "neighbours_purity_by_chance": near.by_chance,
        **{f"index_recall_ef{each.ef_search}": each.recall for each in index.index},
        **{f"index_p50_ms_ef{each.ef_search}": each.p50_ms for each in index.index},
        "exact_p50_ms": index.exact_p50_ms,
        **walks_against_exact(),
    }


def _found(world: World, log: Log, population: Population, readers: Ints) -> dict[str, float]:
    """What both sources give: from the reader's community, and from whom they follow."""
    community = population.planted.community
    recent = log.tweets.at_ms >= log.ends_at_ms - RECENT_MS
    everything = community[log.tweets.author[recent]]
    shares: dict[str, list[float]] = {"walks": [], "embeddings": [], "by_chance": []}
    inside = 0
    for query, source, fetched in _fetched(world, log, readers):
        author = log.tweets.author[log.tweets.rows(fetched.ids)]
        own = int(community[query.account_id - 1])
        found = purity(np.ones(len(author)), community[author], own, everything)
        shares[source].append(found.share)
        shares["by_chance"].append(found.base_rate)
        known = np.append(query.following, query.account_id) - 1
        inside += int(np.isin(author, known).sum())
    means = {f"purity_{name}": float(np.mean(values)) for name, values in shares.items()}
    return {**means, "in_network_among_out_of_network": float(inside)}


def _fetched(world: World, log: Log, readers: Ints) -> Iterator[tuple[Query, str, Fetched]]:
    snapshot, _ = kept.load_snapshot(world)
    vectors, _ = kept.load_vectors(world)
    graphed = kept.load_graph(world)[0]
    present = Present(snapshot, Delta())
    moved, recent = Moved(vectors, present), recent_of(snapshot, vectors)
    for reader in readers.tolist():
        following = log.following.of(reader).astype(np.int64) + 1
        query = Query(reader + 1, log.ends_at_ms, Weights("none", {}), following)
        allowed = outside(present, graphed.segments, graphed.following, query)
        yield query, "walks", graph.fetch(graphed.segments, allowed, query, FOUND)
        yield query, "embeddings", embeddings.fetch(recent, moved, allowed, query, FOUND)


def walks_against_exact() -> dict[str, float]:
    """On the graph of a small world: how far the walks' shares of visits are from the stationary
    ones (total variation, 0 to 1), and how far they may be; the farthest of some readers."""
    population = make_population(SMALL_ACCOUNTS, SEED)
    deeds = population.engagements
    order = np.argsort(deeds.at_ms, kind="stable")
    by_time = DeedColumns(
        deeds.account[order], deeds.tweet[order], deeds.kind[order], deeds.at_ms[order]
    )
    tweets = len(population.tweets.author)
    segments = build(by_time, int(deeds.at_ms.max()) + 1, population.size, tweets)
    rng = np.random.default_rng(SEED)
    active = np.flatnonzero(segments.users.degree(np.arange(population.size)))
    distances = list[float]()
    for reader in rng.choice(active, SMALL_SEEDS, replace=False):
        seeds = Seeds(np.array([reader]), np.ones(1))
        exact = stationary.exact(segments, seeds, population.size, tweets)
        visits = walk(segments, seeds, rng, walks=SMALL_WALKS)
        estimated = np.zeros(tweets)
        estimated[visits.row] = visits.score
        distances.append(float(np.abs(estimated - exact).sum() / 2))
    reached = int((exact > 0).sum())
    return {
        "walks_distance": max(distances),
        "walks_tolerance": stationary.tolerance(reached, SMALL_WALKS),
    }
