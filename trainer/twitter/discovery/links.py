"""Who follows whom and who did what with which tweet, from either side, as lists. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.columns.log import Log
from trainer.twitter.world.population import Floats, Ints, Lists

Matrix = NDArray[np.float32]

EDGES_AT_ONCE = 1 << 14  # their rows stay in the cache: 2 MB of 32 floats each


@dataclass(frozen=True, eq=False, slots=True)
class Links:
    """Of n accounts (indexes) and m tweets (rows). Every kind of engagement is an edge, once for
    each kind; the follows have no time in the log, so all of them are there at any instant."""

    following: Lists  # n lists of accounts
    followers: Lists  # n lists of accounts
    done: Lists  # n lists of tweets
    doers: Lists  # m lists of accounts
    author: Ints  # (m,) int32

    @property
    def accounts(self) -> int:
        return len(self.following.start) - 1


def links_of(log: Log, until_ms: int) -> Links:
    """What the log holds of them before `until_ms` (unix milliseconds)."""
    accounts, tweets = len(log.accounts.followers), len(log.tweets.id)
    deeds = log.deeds.before(until_ms)
    known = deeds.tweet >= 0
    account, tweet = deeds.account[known], deeds.tweet[known]
    return Links(
        log.following,
        grouped(log.following.flat, sources(log.following), accounts),
        grouped(account, tweet, accounts),
        grouped(tweet, account, tweets),
        log.tweets.author,
    )


def sources(lists: Lists) -> NDArray[np.int32]:
    """(edges,) whose list each entry of `flat` is in."""
    return np.repeat(np.arange(len(lists.start) - 1, dtype=np.int32), lists.lengths)


def grouped(owner: Ints, item: Ints, owners: int) -> Lists:
    """The lists of `owners` owners, of edges (e,); each in the order of the edges."""
    start = np.zeros(owners + 1, dtype=np.int64)
    np.cumsum(np.bincount(owner, minlength=owners), out=start[1:])
    return Lists(start, item[np.argsort(owner, kind="stable")].astype(np.int32))


def sums(lists: Lists, rows: Matrix, weights: Floats | None = None) -> Matrix:
    """(k, d) float32: of each of k lists, the sum of the `rows` (n, d) of its items, each times its
    weight (edges,), or 1."""
    owners = len(lists.start) - 1
    summed = np.zeros((owners, rows.shape[1]), dtype=np.float32)
    first = 0
    while first < owners:
        begin = lists.start[first]
        last = int(np.searchsorted(lists.start, begin + EDGES_AT_ONCE, side="right")) - 1
        last = min(max(last, first + 1), owners)
        begins = lists.start[first:last]
        some = np.flatnonzero(lists.start[first + 1 : last + 1] > begins)
        if len(some):
            edges = slice(begin, lists.start[last])
            items = rows[lists.flat[edges]]
            if weights is not None:
                items *= weights[edges, None]
            summed[first + some] = np.add.reduceat(items, begins[some] - begin, axis=0)
        first = last
    return summed
