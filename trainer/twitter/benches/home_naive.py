"""The naive way to a ranked timeline, which `bench home` compares with: the same sources, filters,
models and mixing, but every candidate is hydrated from Postgres, texts and all, in one query, and
features and chances are worked out in Python, one candidate after the other.

It is spared what ours does besides: it asks no breaker and sets no limits, keeps nothing for later
pages, and expects no change of the overlay. Social proofs, affinities, vectors and clicks on
profiles come from memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log2
from operator import mul
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from redis import Redis

from trainer.twitter.columns.log import KINDS, posted_ms
from trainer.twitter.mixer import features
from trainer.twitter.mixer.known import Known, of
from trainer.twitter.mixer.listing import io_of
from trainer.twitter.mixer.parts import home
from trainer.twitter.mixer.rankers.layer import Layer, Matrix
from trainer.twitter.mixer.rates import PACE_FIRST_MS, PACE_STEPS
from trainer.twitter.mixer.reaching import Reach
from trainer.twitter.mixer.sight import Sight
from trainer.twitter.mixer.trace import Served
from trainer.twitter.mixer.types import Candidates, Outcome, Query, Sources
from trainer.twitter.world.population import HOUR_MS, REPLY, RETWEET
from trainer.twitter.world.value import World

# The counts in the order of KINDS, but for clicks on profiles, of which tweets keep no count.
_HYDRATE = """
SELECT t.id, t.author_id, t.kind, t.is_deleted OR o.is_deleted, o.id, o.author_id, o.text,
       a.handle, a.name, b.handle, b.name, b.is_premium,
       o.like_count, o.bookmark_count, o.click_count, 0, o.reply_count, o.retweet_count
  FROM twitter_tweet t
  JOIN twitter_tweet o ON o.world_id = t.world_id AND o.id = coalesce(t.retweet_of, t.id)
  JOIN twitter_account a ON a.world_id = t.world_id AND a.id = t.author_id
  JOIN twitter_account b ON b.world_id = t.world_id AND b.id = o.author_id
 WHERE t.world_id = %s AND t.id = ANY(%s)
"""
Row = tuple[Any, ...]
COUNTS = 12  # from this column on
PROFILE_CLICK = KINDS.index("profile_click")
YOUNGEST_HOURS, WALK_SCALE = float(features.YOUNGEST_HOURS), float(features.WALK_SCALE)
PRIOR_GIVEN, PRIOR_AFFINITY = float(features.PRIOR_GIVEN), float(features.PRIOR_AFFINITY)
LEAST, REPLY_SHARE = float(features.LEAST), float(features.REPLY_SHARE)
Numbers = Sequence[float]


@dataclass(frozen=True, eq=False)
class Shown:
    """The whole list that was served, and the rows of its first page: texts, handles, names."""

    served: Served
    page: Sequence[Row]


class NaiveMixer:
    """Of one world. The models' weights are lists, made once."""

    def __init__(self, redis: Redis, world: World, known: Known) -> None:
        self._redis, self._world, self._known = redis, world, known
        rankers = of(known.rankers)
        self._rates = rankers.rates
        self._pace = rankers.rates.pace.tolist()
        self._light = [_lists(rankers.light.heads)]
        network = (rankers.heavy.first, rankers.heavy.second, rankers.heavy.heads)
        self._heavy = [_lists(layer) for layer in network]

    def page(self, query: Query, limit: int) -> Shown:
        """The list for a bare query, by the heavy ranker, and the first `limit` rows of it."""
        sight, rows = Sight(self._known), dict[int, Row]()

        def hydrate(query: Query, candidates: Candidates) -> Outcome:
            rows.update(self._rows(sight, candidates))
            return Outcome(_hydrated(sight, query, candidates, rows))

        def light(query: Query, candidates: Candidates) -> Matrix:
            return _array(self._light_chances(query, candidates, rows))

        def heavy(query: Query, candidates: Candidates) -> Matrix:
            return _array(self._heavy_chances(sight, query, candidates, rows))

        io = io_of(self._world, Reach(self._redis), sight)
        ran = home(replace(io, hydrate=hydrate, light=light, heavy=heavy), query)
        served = ran.trace.served
        return Shown(served, [rows[id] for id in served.ids[:limit].tolist()])

    def _rows(self, sight: Sight, candidates: Candidates) -> dict[int, Row]:
        with connection.cursor() as cursor:
            cursor.execute(_HYDRATE, [self._world.root.id, candidates.id.tolist()])
            rows = cursor.fetchall()
        shown = sight.present.rows(np.array([row[4] for row in rows]))
        clicks = sight.present.counts_of(shown)[:, PROFILE_CLICK].tolist()
        return {
            row[0]: (*row[:COUNTS], *_with(row[COUNTS:], n))
            for row, n in zip(rows, clicks, strict=True)
        }

    def _light_chances(
        self, query: Query, candidates: Candidates, rows: Mapping[int, Row]
    ) -> list[Numbers]:
        following = set(query.following.tolist())
        return [
            _forward(self._features(one, rows[one.id], query, following), self._light)
            for one in _each(candidates)
        ]

    def _heavy_chances(
        self, sight: Sight, query: Query, candidates: Candidates, rows: Mapping[int, Row]
    ) -> list[Numbers]:
        following = set(query.following.tolist())
        authors, weights = sight.present.affinities(query.account_id, query.at_ms)
        affinity = dict(zip(authors.tolist(), weights.tolist(), strict=True))
        reader = sight.moved.account(query.account_id).tolist()
        usual_reader = self._rates.reader[query.account_id - 1].tolist()
        tweets = sight.moved.tweets(sight.present.rows(candidates.shown)).tolist()
        accounts = sight.moved.vectors.accounts[candidates.shown_author - 1].tolist()
        found = []
        for one, tweet, account in zip(_each(candidates), tweets, accounts, strict=True):
            row = rows[one.id]
            drawn = affinity.get(row[5], 0.0)
            usual = float(self._rates.per_follower[row[5] - 1])
            more = [
                _dot(reader, tweet),
                _dot(reader, account),
                log2(drawn + 1),
                log2((drawn + PRIOR_AFFINITY) / (usual + PRIOR_AFFINITY)),
                *usual_reader,
            ]
            light = self._features(one, row, query, following)
            found.append(_forward([*light, *more], self._heavy))
        return found

    def _features(self, one: "_One", row: Row, query: Query, following: set[int]) -> list[float]:
        """Those of the light ranker, in their order."""
        kind, shown_author, counts = row[2], row[5], row[COUNTS:]
        age_ms = max(query.at_ms - one.shown_at_ms, 0)
        before, after = self._arrived(age_ms), self._arrived(age_ms + features.HORIZON_MS)
        usual = float(self._rates.given[shown_author - 1])
        usual *= REPLY_SHARE if kind == REPLY else 1.0
        lift = log2((sum(counts) + PRIOR_GIVEN) / (usual * before + PRIOR_GIVEN))
        given = log2(usual) + lift
        author = self._rates.author[shown_author - 1].tolist()
        return [
            one.in_network,
            shown_author in following,
            kind == REPLY,
            kind == RETWEET,
            row[11],
            bool(one.sources & Sources.GRAPH),
            bool(one.sources & Sources.EMBEDDINGS),
            log2(one.walk_score * WALK_SCALE + 1),
            one.similarity,
            log2(one.proofs + 1),
            log2(age_ms / HOUR_MS + YOUNGEST_HOURS),
            2.0 ** (-age_ms / features.FRESH_HALF_LIFE_MS),
            log2(after - before + LEAST),
            given,
            lift,
            given * one.in_network,
            author[0] * one.in_network,
            *(log2(count + 1) for count in counts),
            *author,
        ]

    def _arrived(self, age_ms: float) -> float:
        step = PACE_STEPS * log2(max(age_ms, PACE_FIRST_MS) / PACE_FIRST_MS)
        return float(self._pace[min(int(step), len(self._pace) - 1)])


class _One(NamedTuple):
    """What the sources and the social proof say of one candidate."""

    id: int
    shown_at_ms: int
    in_network: bool
    sources: int
    walk_score: float
    similarity: float
    proofs: int


def _each(candidates: Candidates) -> Iterator[_One]:
    columns = [getattr(candidates, name).tolist() for name in _One._fields]
    return map(_One._make, zip(*columns, strict=True))


def _hydrated(
    sight: Sight, query: Query, candidates: Candidates, rows: Mapping[int, Row]
) -> Candidates:
    """Row by row; of the in-memory columns only the social proofs."""
    following = set(query.following.tolist())
    listed = [rows[id] for id in candidates.id.tolist()]
    found = replace(
        candidates,
        author=np.array([row[1] for row in listed]),
        kind=np.array([row[2] for row in listed], np.int8),
        at_ms=posted_ms(candidates.id),
        shown=np.array([row[4] for row in listed]),
        shown_author=np.array([row[5] for row in listed]),
        shown_at_ms=posted_ms(np.array([row[4] for row in listed])),
        is_deleted=np.array([row[3] for row in listed]),
        is_premium=np.array([row[11] for row in listed]),
        in_network=np.array([row[1] in following for row in listed]),
    )
    return replace(found, proofs=sight.proofs(query, found))


def _with(counts: Row, profile_clicks: int) -> Row:
    return (*counts[:PROFILE_CLICK], profile_clicks, *counts[PROFILE_CLICK + 1 :])


def _lists(layer: Layer) -> tuple[list[Numbers], Numbers]:
    """A list of weights for each output, and the biases."""
    return layer.weights.T.tolist(), layer.bias.tolist()


def _forward(row: Numbers, layers: Sequence[tuple[list[Numbers], Numbers]]) -> Numbers:
    """The chances: rectified units between the layers."""
    for number, (weights, bias) in enumerate(layers):
        if number:
            row = [max(0.0, value) for value in row]
        row = [_dot(row, to_output) + b for to_output, b in zip(weights, bias, strict=True)]
    return [1 / (1 + exp(-logit)) for logit in row]


def _dot(one: Numbers, other: Numbers) -> float:
    return float(sum(map(mul, one, other)))


def _array(chances: list[Numbers]) -> Matrix:
    return np.array(chances, np.float32).reshape(-1, len(KINDS))
