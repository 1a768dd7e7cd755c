"""What is usual as of an instant: how engagements arrive, what authors are given, what readers do.

A pure function of the log before the instant: for training as of instants in the past, for serving
as of the base's end. Everything is on a logarithmic scale (base 2) and ready to be looked up.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.columns.log import KINDS, DeedColumns, Log
from trainer.twitter.columns.snapshot import Snapshot
from trainer.twitter.world.population import DAY_MS, HOUR_MS, TWEET, Floats, Ints

Table = NDArray[np.float32]

AUTHOR = (
    "author_followers",
    "author_given",  # engagements a tweet of theirs is given in all
    "author_given_vs_size",  # against authors of their size
    "author_tweets",
    "author_age_days",
    *(f"author_share_{kind}" for kind in KINDS),  # of what they are given, against what is usual
)
READER = (
    "reader_following",
    "reader_deeds_inside",
    "reader_deeds_outside",  # with authors they do not follow
    "reader_deeds_vs_offered",  # inside, against what all followers give those they follow
    *(f"reader_share_{kind}" for kind in KINDS),
)
SHARE_CLICKS = 4.0  # engagements' worth of the usual that a share is mixed with
PRIOR_TWEETS = 3.0  # tweets' worth of the usual of authors of the same size
RIPE_MS = 4 * DAY_MS  # of tweets at least so old the pace is learned; next to nothing comes later
PACE_STEPS = 16  # a doubling of the age has so many steps
PACE_FIRST_MS = 60_000
_STEPS = 1 + int(PACE_STEPS * np.log2(RIPE_MS / PACE_FIRST_MS))


@dataclass(frozen=True, eq=False, slots=True)
class Rates:
    """As of an instant, of n accounts (rows: indexes)."""

    pace: Table  # (p,) float32: share of a tweet's engagements before an age, by `step_of`
    author: Table  # (n, len(AUTHOR)) float32
    given: Table  # (n,) float32: expected engagements of one tweet of theirs
    per_follower: Table  # (n,) float32: what a follower's affinity to them comes to on average
    reader: Table  # (n, len(READER)) float32


def rates(log: Log, snapshot: Snapshot) -> Rates:
    """What is usual as of the snapshot, which must be of this log."""
    deeds = log.deeds.before(snapshot.at_ms)
    share = pace(snapshot, deeds)
    given, table = _authors(snapshot, share)
    accounts = np.maximum(snapshot.accounts.followers, 1)
    weight = np.bincount(
        snapshot.affinities.author, snapshot.affinities.weight, minlength=len(accounts)
    )
    per_follower = (weight / accounts).astype(np.float32)
    return Rates(share, table, given, per_follower, _readers(log, snapshot, deeds))


def step_of(age_ms: Ints | Floats) -> Table:
    """Where ages stand in `pace`: (n,) float32, from 0."""
    doublings = np.log2(np.maximum(age_ms, PACE_FIRST_MS).astype(np.float32) / PACE_FIRST_MS)
    steps: Table = np.minimum(PACE_STEPS * doublings, np.float32(_STEPS - 1))
    return steps


def pace(snapshot: Snapshot, deeds: DeedColumns) -> Table:
    """The share of engagements that come before each age: (p,) float32, ascending to 1. A tweet
    that is not ripe yet has no share in it, as its late engagements are missing."""
    posted = snapshot.tweets.at_ms[deeds.tweet]
    age = (deeds.at_ms - posted)[snapshot.at_ms - posted >= RIPE_MS]
    step = np.minimum(np.ceil(step_of(age)).astype(np.int64), _STEPS - 1)
    counted = np.cumsum(np.bincount(step, minlength=_STEPS)) + np.linspace(0, 1, _STEPS)
    share: Table = (counted / counted[-1]).astype(np.float32)
    return share


def _authors(snapshot: Snapshot, share: Table) -> tuple[Table, Table]:
    """What one tweet of each account is given, and the author's table."""
    tweets, followers = snapshot.tweets, snapshot.accounts.followers
    size = len(followers)
    own = np.flatnonzero(tweets.kind == TWEET)
    author, counts = tweets.author[own], snapshot.counts[own]
    arrived = share[step_of(snapshot.at_ms - tweets.at_ms[own]).astype(np.int64)]
    # Tweets, those under way by the part of their engagements that has come.
    ripe = np.bincount(author, arrived, minlength=size).astype(np.float64)
    got = np.stack(
        [np.bincount(author, counts[:, k], minlength=size) for k in range(len(KINDS))], axis=1
    )
    total: Ints = got.sum(axis=1)
    usual = _by_size(followers, total, ripe)
    given = (total + PRIOR_TWEETS * usual) / (ripe + PRIOR_TWEETS)
    table = np.empty((size, len(AUTHOR)), dtype=np.float32)
    table[:, 0] = np.log2(followers + 1.0)
    table[:, 1] = np.log2(given)
    table[:, 2] = np.log2(given / usual)
    table[:, 3] = np.log2(np.bincount(author, minlength=size) + 1.0)
    age_ms = np.maximum(snapshot.at_ms - snapshot.accounts.created_ms, HOUR_MS)
    table[:, 4] = np.log2(age_ms / DAY_MS)
    table[:, 5:] = _shares(got)
    return given.astype(np.float32), table


def _by_size(followers: Ints, total: Ints, ripe: Floats) -> Floats:
    """What a tweet is given on average by authors with so many followers: (n,) float64, by the
    powers of two, mixed with what a tweet is given at all."""
    group = np.log2(followers + 1.0).astype(np.int64)
    overall = (total.sum() + 1) / (ripe.sum() + 1)
    sums = np.bincount(group, total), np.bincount(group, ripe)
    usual: Floats = ((sums[0] + overall) / (sums[1] + 1))[group]
    return usual


def _shares(got: Ints | Floats) -> Table:
    """Each kind's part in the engagements of a row (n, 6), against its part in all of them."""
    usual = (got.sum(axis=0) + 1) / (got.sum() + len(KINDS))
    mixed = got + SHARE_CLICKS * usual
    mixed /= mixed.sum(axis=1, keepdims=True)
    shares: Table = np.log2(mixed / usual).astype(np.float32)
    return shares


def _readers(log: Log, snapshot: Snapshot, deeds: DeedColumns) -> Table:
    size = len(log.accounts.followers)
    author = snapshot.tweets.author[deeds.tweet]
    inside = _follows(log, deeds.account, author)
    done = np.bincount(deeds.account.astype(np.int64) * 6 + deeds.kind - 1, minlength=size * 6)
    done_inside = np.bincount(deeds.account[inside], minlength=size)
    a_follower = np.bincount(author[inside], minlength=size) / np.maximum(log.accounts.followers, 1)
    upto = np.concatenate([[0.0], np.cumsum(a_follower[log.following.flat])])
    offered = np.diff(upto[log.following.start])
    table = np.empty((size, len(READER)), dtype=np.float32)
    table[:, 0] = np.log2(log.following.lengths + 1.0)
    table[:, 1] = np.log2(done_inside + 1.0)
    table[:, 2] = np.log2(np.bincount(deeds.account[~inside], minlength=size) + 1.0)
    table[:, 3] = np.log2((done_inside + 1.0) / (offered + 1.0))
    table[:, 4:] = _shares(done.reshape(size, 6).astype(np.float64))
    return table


def _follows(log: Log, account: Ints, author: Ints) -> NDArray[np.bool_]:
    """Whether each account follows the author beside it: (e,) bool."""
    size = len(log.accounts.followers)
    follower = np.repeat(np.arange(size, dtype=np.int64), log.following.lengths)
    edges = follower * size + log.following.flat  # ascending, as the lists are
    if not len(edges):
        return np.zeros(len(account), dtype=bool)
    wanted, back = np.unique(account.astype(np.int64) * size + author, return_inverse=True)
    place = np.minimum(np.searchsorted(edges, wanted), len(edges) - 1)  # in order: in the cache
    found: NDArray[np.bool_] = (edges[place] == wanted)[back]
    return found
