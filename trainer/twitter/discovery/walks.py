"""Random walks with restart from a set of accounts over the interaction graph (SALSA, as GraphJet
walks it): account, tweet, account, tweet ... Pure; all walks take a step together.

A walk starts at a seed and ends on a tweet, so its number of steps is odd. After each tweet it ends
with chance `restart`; the next walk is the restart. Walking on from tweets to the end, and not a
fixed number of steps, makes the share of a tweet's visits the stationary one of the walk with
restarts, with nothing of a beginning to wear off.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.discovery.adjacency import Int32s
from trainer.twitter.discovery.segments import Segments
from trainer.twitter.world.population import Bools, Floats, Ints

RESTART = 0.3  # as GraphJet's authors report
MOST_TWEETS = 16  # of one walk: cut there, 0.7^16 = 0.3% of the visits are missing
# About 16,700 visits. By recall@300 (see KINDS in segments.py) half as many walks found 0.507, as
# many 0.529 and twice as many 0.550, each for twice the time (2,000 readers, standard error 0.011;
# without clicks, half of the walks from the reader).
WALKS = 5_000
# Of the walks, from the reader: recall@300 0.541. All of them: 0.447, as many did little in the
# segments; none of them: 0.484. Nine in ten: 0.544, no sure difference. What followees liked, most
# liked first and without a walk, found 0.217.
READER_SHARE = 0.7
# What a followee weighs with whom the reader did nothing, where one like of today is 1. With these
# recall@300 was 0.550, with equal weights 0.537 (1,200 readers, standard error of the difference
# 0.007).
LEAST_TRUST = 0.1


@dataclass(frozen=True, eq=False, slots=True)
class Seeds:
    """Where walks start: account indexes (k,), and how often (k,), in any measure, 0 or more."""

    account: Ints
    weight: Floats


@dataclass(frozen=True, eq=False, slots=True)
class Visits:
    """Tweets that were visited, the most visited first, then by row."""

    row: Ints  # (v,) int32
    score: Floats  # (v,) float32: share of all visits, also of those to tweets left out since
    count: Ints  # (v,) int64: visits

    def take(self, chosen: Bools | Ints) -> "Visits":
        """Those of a mask (v,), or of places in that order."""
        return Visits(self.row[chosen], self.score[chosen], self.count[chosen])


def walk(
    segments: Segments,
    seeds: Seeds,
    rng: np.random.Generator,
    *,
    walks: int = WALKS,
    restart: float = RESTART,
) -> Visits:
    """What `walks` walks come by. Seeds without an edge are passed over; without any: no visit."""
    steps = list(spread(segments, seeds, rng, walks=walks, restart=restart))
    return _counted(np.concatenate([np.empty(0, dtype=np.int32), *steps]))


def spread(
    segments: Segments,
    seeds: Seeds,
    rng: np.random.Generator,
    *,
    walks: int = WALKS,
    restart: float = RESTART,
) -> Iterator[Int32s]:
    """The rows on which the walks that still go on stand, step by step."""
    alive = seeds_with_edges(segments, seeds)
    if not len(alive.account):
        return
    upto = np.cumsum(alive.weight, dtype=np.float64)
    first = np.searchsorted(upto, rng.random(walks) * upto[-1], side="right")
    at = alive.account[np.minimum(first, len(upto) - 1)]
    for _ in range(MOST_TWEETS):
        row = segments.users.draw(at, rng)
        yield row
        on = row[rng.random(len(row)) >= restart]
        if not len(on):
            return
        at = segments.tweets.draw(on, rng)


def circle_of_trust(
    reader: int, followees: Ints, affinities: Floats, *, reader_share: float = READER_SHARE
) -> Seeds:
    """A reader and whom they follow (f,), who share what the reader leaves by the reader's
    affinities to them (f,), 0 for none. As walks start only where there is an edge, a reader
    without one leaves them all of it."""
    trust = affinities + LEAST_TRUST
    rest = trust * ((1 - reader_share) / max(float(trust.sum()), LEAST_TRUST))
    return Seeds(np.append(reader, followees), np.append(reader_share, rest))


def seeds_with_edges(segments: Segments, seeds: Seeds) -> Seeds:
    """The seeds from which a walk can start."""
    can = (segments.users.degree(seeds.account) > 0) & (seeds.weight > 0)
    return Seeds(seeds.account[can], seeds.weight[can])


def _counted(rows: Int32s) -> Visits:
    row, count = np.unique(rows, return_counts=True)
    order = np.argsort(-count, kind="stable")
    score: NDArray[np.float32] = (count[order] / max(1, len(rows))).astype(np.float32)
    return Visits(row[order], score, count[order])
