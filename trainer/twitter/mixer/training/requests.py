"""What the home timeline of a reader would have had to rank at a past instant. Pure."""

from dataclasses import dataclass, replace

import numpy as np

from trainer.twitter.discovery.social_proof import proofs
from trainer.twitter.mixer import features
from trainer.twitter.mixer.dedupe import merge
from trainer.twitter.mixer.facts import reader_facts, tweet_facts
from trainer.twitter.mixer.filters import DUPLICATES, FILTERS, LONGEST_DAYS, among
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.mixer.sources import embeddings, graph
from trainer.twitter.mixer.sources.outside import outside
from trainer.twitter.mixer.training.later import labels
from trainer.twitter.mixer.training.past import Past
from trainer.twitter.mixer.types import Candidates, Query, Sizes, Sources, Weights
from trainer.twitter.world.population import DAY_MS, Ints

UNWEIGHED = Weights("none", {})  # sources and features do not depend on them
SIZES = Sizes()
SIDE = round(SIZES.fetched * (1 - SIZES.discovery))  # candidates from either side of the network
ASKED = SIDE // 2  # of either source out of the network, as when a timeline is served
PARTS = (*FILTERS, DUPLICATES)  # as before the rankers in a request now


@dataclass(frozen=True, eq=False, slots=True)
class Request:
    """n candidates of one reader, no two of which show the same tweet, and what became of them."""

    reader: int  # index
    at_ms: int
    candidates: Candidates
    shown: Ints  # (n,) rows
    light: Matrix
    heavy: Matrix
    labels: Matrix  # (n, 6)


def request(past: Past, reader: int, *, outside: bool = True) -> Request:
    """`outside` False: only what those whom the reader follows posted."""
    query = _query(past, reader)
    candidates = _candidates(past, query, outside)
    tweets = tweet_facts(past.present, query, candidates)
    known = reader_facts(past.moved, query, candidates)
    heavy = features.heavy(candidates, tweets, known, past.rates, past.at_ms)
    shown = past.present.rows(candidates.shown)
    return Request(
        reader,
        past.at_ms,
        candidates,
        shown,
        heavy[:, : len(features.LIGHT)],
        heavy,
        labels(shown, *past.afterwards.of(reader)),
    )


def in_network(past: Past, reader: int) -> Ints:
    """Ids of the newest entries by those whom the reader follows, of the last days only."""
    rows = past.entries.of(past.log.following.of(reader))[:SIDE]
    since_ms = past.at_ms - LONGEST_DAYS * DAY_MS
    return past.present.ids(rows[past.present.snapshot.tweets.at_ms[rows] >= since_ms])


def _query(past: Past, reader: int) -> Query:
    following = past.log.following.of(reader).astype(np.int64) + 1
    engaged = past.present.ids(np.unique(past.earlier.of(reader)[0]))
    return Query(reader + 1, past.at_ms, UNWEIGHED, following, SIZES, engaged=engaged)


def _candidates(past: Past, query: Query, outside: bool) -> Candidates:
    """What the sources give to a request, through the parts before the rankers, and each tweet
    once: the rankers learn on what they will be asked about. What the reader has engaged with they
    must have seen."""
    found = [Candidates.found(in_network(past, query.account_id - 1), Sources.IN_NETWORK)]
    if outside:
        found += _from_outside(past, query)
    merged = merge(query, Candidates.joined(found)).candidates
    candidates = _hydrated(past, query, merged)
    for part in PARTS:
        candidates = part.run(query, candidates).candidates
    return candidates.take(~among(candidates.shown, query.engaged))


def _from_outside(past: Past, query: Query) -> list[Candidates]:
    """By walks, and the rest of the side by embeddings. What both found counts as found by both
    only where the embeddings give it among as many as they are asked for when a timeline is served:
    a feature says so, and must mean the same."""
    allowed = outside(past.present, past.segments, past.log.following, query)
    walked = graph.fetch(past.segments, allowed, query, ASKED)
    near = embeddings.fetch(past.recent, past.moved, allowed, query, SIDE)
    is_new = ~np.isin(near.ids, walked.ids)
    fills = np.cumsum(is_new) <= SIDE - len(walked.ids)
    chosen = np.where(is_new, fills, np.arange(len(near.ids)) < ASKED)
    return [
        Candidates.found(walked.ids, Sources.GRAPH, walk_score=walked.score),
        Candidates.found(near.ids[chosen], Sources.EMBEDDINGS, similarity=near.score[chosen]),
    ]


def _hydrated(past: Past, query: Query, found: Candidates) -> Candidates:
    hydrated = past.present.candidates(
        found.id,
        query.following,
        sources=found.sources,
        walk_score=found.walk_score,
        similarity=found.similarity,
    ).candidates
    rows = past.present.rows(hydrated.shown)
    followees, authors = query.following - 1, hydrated.shown_author - 1
    proven = proofs(past.segments, past.log.following, followees, rows, authors)
    return replace(hydrated, proofs=proven.either)
