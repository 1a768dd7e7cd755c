"""A past instant: all that was known then, and what came afterwards. Pure."""

from dataclasses import dataclass

import numpy as np

from trainer.twitter.columns.building import as_of
from trainer.twitter.columns.delta import Delta
from trainer.twitter.columns.log import Log
from trainer.twitter.columns.present import Present
from trainer.twitter.discovery.moved import Moved
from trainer.twitter.discovery.nearest import Recent, recent_of
from trainer.twitter.discovery.segments import Segments, build
from trainer.twitter.discovery.vectors import vectors_of
from trainer.twitter.mixer.features import HORIZON_MS
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.mixer.rates import Rates, rates
from trainer.twitter.mixer.training.later import Deeds, between
from trainer.twitter.world.population import Ints


@dataclass(frozen=True, eq=False, slots=True)
class Entries:
    """Every tweet, reply and retweet before an instant, by its author: rows of author i are
    `rows[start[i]:start[i] + count[i]]`, ascending."""

    rows: Ints
    start: Ints
    count: Ints

    def of(self, authors: Ints) -> Ints:
        """Those of all these authors (indexes), newest first."""
        start, count = self.start[authors], self.count[authors]
        before = np.cumsum(count) - count
        place = np.repeat(start - before, count) + np.arange(count.sum())
        return -np.sort(-self.rows[place])


@dataclass(frozen=True, eq=False, slots=True)
class Past:
    """As of `at_ms`; only `afterwards` is later: what was done within the horizon."""

    at_ms: int
    log: Log
    present: Present
    rates: Rates
    segments: Segments
    moved: Moved
    recent: Recent
    entries: Entries
    earlier: Deeds
    afterwards: Deeds


def past(log: Log, accounts: Matrix, at_ms: int) -> Past:
    """`accounts` (n, d): vectors that were learned from what was done before `at_ms`, or before an
    earlier instant."""
    snapshot = as_of(log, at_ms)
    size, tweets = len(log.accounts.followers), len(snapshot.tweets.id)
    present = Present(snapshot, Delta())
    vectors = vectors_of(log, accounts, at_ms)
    return Past(
        at_ms,
        log,
        present,
        rates(log, snapshot),
        build(log.deeds, at_ms, size, tweets),
        Moved(vectors, present),
        recent_of(snapshot, vectors),
        _entries(snapshot.tweets.author, size),
        between(log, None, at_ms),
        between(log, at_ms, at_ms + HORIZON_MS),
    )


def _entries(author: Ints, accounts: int) -> Entries:
    count = np.bincount(author, minlength=accounts)
    return Entries(np.argsort(author, kind="stable"), np.cumsum(count) - count, count)
