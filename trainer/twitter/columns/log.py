"""A base world's history as columns, as it stands in Postgres: nothing latent is in it. Pure.

An account is known by its index, which is its id - 1; a tweet by its row, its place among all
tweets by id, which is its place in time.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.tweets import snowflake
from trainer.twitter.world.population import Bools, Ints, Lists

KINDS = ("like", "bookmark", "click", "profile_click", "reply", "retweet")  # EngagementKind 1 to 6
NONE = -1  # no tweet, where a row of one may stand
RETWEET = 3  # the kind of a tweet that shows another
_EPOCH_MS = round(snowflake.EPOCH.timestamp() * 1000)


def places(ascending: NDArray[Any], wanted: NDArray[Any]) -> tuple[NDArray[np.intp], Bools]:
    """Where in `ascending` each wanted value is, and whether it is there at all: (k,) both."""
    if not len(ascending):
        return np.zeros(len(wanted), dtype=np.intp), np.zeros(len(wanted), dtype=np.bool_)
    place = np.minimum(np.searchsorted(ascending, wanted), len(ascending) - 1)
    return place, ascending[place] == wanted


def looked_up(
    ascending: NDArray[Any], values: NDArray[np.floating[Any]], wanted: NDArray[Any]
) -> NDArray[np.float32]:
    """The value beside each wanted key, 0 where `ascending` has it not: (k,) float32."""
    if not len(ascending):
        return np.zeros(len(wanted), dtype=np.float32)
    place, is_there = places(ascending, wanted)
    return np.where(is_there, values[place], 0).astype(np.float32)


@dataclass(frozen=True, eq=False, slots=True)
class AccountColumns:
    """Columns of n accounts. Their quality is not among them: the simulator acts on it."""

    followers: Ints  # (n,) int32, how many
    is_premium: Bools  # (n,)
    created_ms: Ints  # (n,) int64, unix milliseconds
    last_active_ms: Ints  # (n,) int64


@dataclass(frozen=True, eq=False, slots=True)
class TweetColumns:
    """Columns of m tweets, by id."""

    id: Ints  # (m,) int64, ascending
    author: Ints  # (m,) int32, index
    kind: Ints  # (m,) int8: TWEET, REPLY, RETWEET
    parent: Ints  # (m,) int32: the row of what is answered or repeated, or NONE
    at_ms: Ints  # (m,) int64, unix milliseconds, ascending

    @property
    def shown(self) -> Ints:
        """(m,) int32: the row of the tweet that is seen: a retweet's original, else itself."""
        own = np.arange(len(self.id), dtype=np.int32)
        return np.where(self.kind == RETWEET, self.parent, own)

    def rows(self, ids: Ints) -> NDArray[np.int32]:
        """The row of each id (k,), NONE where the base has no such tweet."""
        place, found = places(self.id, ids)
        return np.where(found, place, NONE).astype(np.int32)


def posted_ms(tweet_ids: Ints) -> Ints:
    """When each of these tweets was posted: (n,) int64, unix milliseconds, from the id alone."""
    return (tweet_ids >> snowflake.LOW_BITS) + _EPOCH_MS


@dataclass(frozen=True, eq=False, slots=True)
class DeedColumns:
    """Columns of e engagements by time. `kind` is 1 to 6, as in KINDS."""

    account: Ints  # (e,) int32, index
    tweet: Ints  # (e,) int32, row
    kind: Ints  # (e,) int8
    at_ms: Ints  # (e,) int64, unix milliseconds, ascending

    def before(self, at_ms: int) -> "DeedColumns":
        """What was done before an instant: views, nothing is copied."""
        return self.between(None, at_ms)

    def between(self, since_ms: int | None, until_ms: int) -> "DeedColumns":
        """From `since_ms` (None: the beginning) up to, and not at, `until_ms`."""
        first = 0 if since_ms is None else int(np.searchsorted(self.at_ms, since_ms))
        part = slice(first, int(np.searchsorted(self.at_ms, until_ms)))
        return DeedColumns(self.account[part], self.tweet[part], self.kind[part], self.at_ms[part])


@dataclass(frozen=True, eq=False, slots=True)
class Log:
    """`following`: for each account the indexes of those it follows, ascending."""

    accounts: AccountColumns
    following: Lists
    tweets: TweetColumns
    deeds: DeedColumns
    ends_at_ms: int
