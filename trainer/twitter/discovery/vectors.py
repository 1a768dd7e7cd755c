"""Tweet vectors: the sum of the vectors of those who liked the tweet, halved every 8 h. Pure.

As SimClusters keeps them, with its half-life. Everything that one does with a tweet counts as
liking it here, each kind once: chosen by recall (see nearest.py, whose other day gives at 300 and
at 750 results 0.84 and 0.90 so; 0.83 and 0.87 without clicks; 0.82 and 0.87 of likes alone). Of the
recent tweets 62% have a vector of their own so, and 50% without clicks.
"""

from dataclasses import dataclass

import numpy as np

from trainer.twitter.columns.log import RETWEET, Log, TweetColumns
from trainer.twitter.discovery.leading import unit
from trainer.twitter.discovery.links import Matrix, grouped, sums
from trainer.twitter.world.population import HOUR_MS, Floats, Ints, Lists

FORMAT = 1  # of the artefact "vectors", which is `arrays_of(Vectors)`
HALF_LIFE_MS = 8 * HOUR_MS


@dataclass(frozen=True, eq=False, slots=True)
class Vectors:
    """As of `at_ms`, of n accounts by index and m tweets by row, those posted before it.

    A tweet that nobody has liked yet has `likers` 0, and its author's vector stands in. A retweet
    has none (zeros): ask for the tweet that it shows.
    """

    at_ms: int
    accounts: Matrix  # (n, 32) float32, of unit length, or zero
    tweets: Matrix  # (m, 32) float32, of unit length, or zero
    likers: Floats  # (m,) float32: the decayed number of those who liked it
    lengths: Floats  # (m,) float32: of the sum, before it was scaled to unit length


def vectors_of(log: Log, accounts: Matrix, at_ms: int) -> Vectors:
    """Those of all tweets posted before `at_ms` (unix milliseconds), by what was done before it,
    for accounts that stand where `accounts` (n, 32) says (learning.py)."""
    count = int(np.searchsorted(log.tweets.at_ms, at_ms))
    deeds = log.deeds.before(at_ms)
    known = (deeds.tweet >= 0) & (deeds.tweet < count)
    order = grouped(deeds.tweet[known], np.arange(int(known.sum())), count)
    likers = Lists(order.start, deeds.account[known][order.flat])
    weights = decayed(deeds.at_ms[known][order.flat], at_ms)
    summed = sums(likers, accounts, weights)
    number = sums(likers, np.ones((len(accounts), 1), dtype=np.float32), weights)[:, 0]
    lengths = np.linalg.norm(summed, axis=1).astype(np.float32)
    tweets = np.where(number[:, None] > 0, unit(summed), _stand_ins(log.tweets, accounts, count))
    return Vectors(at_ms, accounts, tweets, number, lengths)


def decayed(done_ms: Ints, at_ms: int) -> Floats:
    """(e,) float32: what is left at `at_ms` of 1 at each instant."""
    return np.exp2((done_ms - at_ms) / HALF_LIFE_MS).astype(np.float32)


def _stand_ins(tweets: TweetColumns, accounts: Matrix, count: int) -> Matrix:
    vectors = accounts[tweets.author[:count]]
    vectors[tweets.kind[:count] == RETWEET] = 0
    return vectors
