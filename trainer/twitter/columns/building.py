"""What was known of a base world at an instant, from its log. Pure."""

from dataclasses import replace

import numpy as np

from trainer.twitter.columns.log import KINDS, AccountColumns, DeedColumns, Log, TweetColumns
from trainer.twitter.columns.snapshot import Affinities, Snapshot
from trainer.twitter.discovery.strengths import HALF_LIFE, STRENGTH
from trainer.twitter.world.population import Floats, Ints

HALF_LIFE_MS = HALF_LIFE.total_seconds() * 1000
# By kind, from 0 (which is none): (7,) float64.
STRENGTHS = np.array([STRENGTH.get(kind, 0.0) for kind in range(len(KINDS) + 1)])


def as_of(log: Log, at_ms: int) -> Snapshot:
    """What was known at `at_ms` (unix milliseconds): nothing of it comes from what is in the log
    for that instant or later. Columns of tweets are views.

    The number of followers is the base's one: its graph has no times.
    """
    tweets = _first(log.tweets, int(np.searchsorted(log.tweets.at_ms, at_ms)))
    deeds = _with(tweets, log.deeds.before(at_ms))
    accounts = replace(
        log.accounts, last_active_ms=_last_active(log.accounts, tweets, deeds, at_ms)
    )
    return Snapshot(at_ms, accounts, tweets, _counts(tweets, deeds), drawn_to(log, deeds, at_ms))


def drawn_to(log: Log, deeds: DeedColumns, at_ms: int) -> Affinities:
    """How much each account was drawn to whom by these deeds, as of `at_ms`. What one does with
    one's own tweets says nothing."""
    size = len(log.accounts.followers)
    author = log.tweets.author[deeds.tweet]
    others = author != deeds.account
    pair = deeds.account[others].astype(np.int64) * size + author[others]
    weight = worth(deeds.kind[others], deeds.at_ms[others], at_ms)
    order = np.argsort(pair, kind="stable")
    ordered = pair[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    summed = np.add.reduceat(weight[order], first) if len(first) else weight
    of_account, to_author = np.divmod(ordered[first], max(size, 1))
    start = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.bincount(of_account, minlength=size), out=start[1:])
    return Affinities(start, to_author.astype(np.int32), summed.astype(np.float32))


def worth(kind: Ints, done_ms: Ints, at_ms: int) -> Floats:
    """What deeds of these kinds and times say at `at_ms`: (e,) float64, halved every half-life."""
    return STRENGTHS[kind] * np.exp2((done_ms - at_ms) / HALF_LIFE_MS)


def _first(tweets: TweetColumns, count: int) -> TweetColumns:
    return TweetColumns(
        tweets.id[:count],
        tweets.author[:count],
        tweets.kind[:count],
        tweets.parent[:count],
        tweets.at_ms[:count],
    )


def _with(tweets: TweetColumns, deeds: DeedColumns) -> DeedColumns:
    """Those with these tweets: all of them, unless a log says that a deed was before its tweet."""
    known = (deeds.tweet >= 0) & (deeds.tweet < len(tweets.id))
    if known.all():
        return deeds
    return DeedColumns(
        deeds.account[known], deeds.tweet[known], deeds.kind[known], deeds.at_ms[known]
    )


def _counts(tweets: TweetColumns, deeds: DeedColumns) -> Ints:
    """(m, 6) int32: how often each of KINDS was done with each tweet."""
    kinds = len(KINDS)
    cell = deeds.tweet.astype(np.int64) * kinds + (deeds.kind - 1)
    counted = np.bincount(cell, minlength=len(tweets.id) * kinds)
    return counted.astype(np.int32).reshape(len(tweets.id), kinds)


def _last_active(
    accounts: AccountColumns, tweets: TweetColumns, deeds: DeedColumns, at_ms: int
) -> Ints:
    """When each account was last known to be active. Who was active at `at_ms` or later: when the
    log last saw them before, or at least when they came."""
    seen = np.minimum(accounts.created_ms, at_ms)
    seen[tweets.author] = tweets.at_ms  # ascending, and the last assignment holds
    tweeted = seen.copy()
    seen[deeds.account] = deeds.at_ms
    later = accounts.last_active_ms >= at_ms
    return np.where(later, np.maximum(seen, tweeted), accounts.last_active_ms)
