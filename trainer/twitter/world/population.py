"""A synthetic population as columns. Pure.

An account is known by its index; its id in the database is index + 1. A tweet is known by its
index, which is its place in time; its id is made of its time and its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.signedinteger[Any]]
Floats = NDArray[np.floating[Any]]
Bools = NDArray[np.bool_]

# The history of every base ends here and is two weeks long: fixed, so that the same seed gives the
# same bytes. An overlay's clock runs on from the end.
ENDS_AT = datetime(2026, 11, 1, tzinfo=UTC)
ENDS_AT_MS = int(ENDS_AT.timestamp() * 1000)
STARTED_AT = ENDS_AT - timedelta(days=14)
STARTED_AT_MS = int(STARTED_AT.timestamp() * 1000)

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS

TWEET, REPLY, RETWEET = 1, 2, 3  # kinds of a tweet
LIKE, BOOKMARK, CLICK, PROFILE_CLICK, REPLIED, RETWEETED = 1, 2, 3, 4, 5, 6  # of an engagement
NONE = -1  # no tweet, where an index of one may stand

REGIONS = ["North", "South", "East", "West", "Coast", "Islands"]


@dataclass(frozen=True, eq=False)
class Accounts:
    """Columns of n accounts. Times are unix milliseconds; quality is 0 (worthless) to 1."""

    handle: Sequence[str]
    name: Sequence[str]
    region: Ints  # (n,) int16, index of REGIONS
    quality: NDArray[np.float64]  # (n,)
    is_premium: Bools  # (n,)
    created_ms: Ints  # (n,) int64
    last_active_ms: Ints  # (n,) int64


@dataclass(frozen=True, eq=False)
class Lists:
    """Lists of account indexes, one an account: of account i, `flat[start[i]:start[i + 1]]`,
    ascending. flat: (edges,) int32; start: (n + 1,) int64."""

    start: Ints
    flat: Ints

    def of(self, account: int) -> Ints:
        return self.flat[self.start[account] : self.start[account + 1]]

    @property
    def lengths(self) -> Ints:
        """(n,) int64."""
        return np.diff(self.start)


@dataclass(frozen=True, eq=False)
class Tweets:
    """Columns of m tweets by time. `parent`: what a reply answers or a retweet repeats, or NONE."""

    author: Ints  # (m,) int32
    at_ms: Ints  # (m,) int64, ascending
    kind: Ints  # (m,) int8: TWEET, REPLY, RETWEET
    parent: Ints  # (m,) int32
    text: Sequence[str]  # of a retweet: empty


@dataclass(frozen=True, eq=False)
class Engagements:
    """Columns of e engagements by (account, tweet, kind), each once."""

    account: Ints  # (e,) int32
    tweet: Ints  # (e,) int32
    kind: Ints  # (e,) int8
    at_ms: Ints  # (e,) int64


@dataclass(frozen=True, eq=False)
class Planted:
    """The simulator's latent variables: for checks, never a feature of a ranker.

    `interests` are shares that add up to 1 for each account; `activity` says how much an account
    follows, posts and sees (the middle one: 1).
    """

    community: Ints  # (n,) int16
    topic_of: Ints  # (communities,) int16: what a community is about
    interests: Floats  # (n, topics) float32
    activity: Floats  # (n,) float32
    is_bot: Bools  # (n,)
    topic: Ints  # (m,) int16: what a tweet is about; a retweet's is its original's


@dataclass(frozen=True, eq=False)
class Population:
    """Everything that is seeded into a base world."""

    seed: int
    accounts: Accounts
    following: Lists
    followers: Lists
    tweets: Tweets
    engagements: Engagements
    planted: Planted

    @property
    def size(self) -> int:
        return len(self.accounts.handle)
