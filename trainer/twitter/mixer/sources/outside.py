"""What discovery may show: nothing that reaches the reader anyway, or has done so, and nothing
without a social proof. Pure."""

from dataclasses import dataclass

import numpy as np

from trainer.twitter.columns.log import NONE
from trainer.twitter.columns.present import Present
from trainer.twitter.discovery.segments import Segments
from trainer.twitter.discovery.social_proof import proven
from trainer.twitter.mixer.types import Query
from trainer.twitter.world.population import Bools, Ints, Lists


@dataclass(frozen=True, eq=False, slots=True)
class Outside:
    """For one reader, as tables: tens of thousands of tweets are looked up in them."""

    present: Present
    known: Bools  # by account id: whom the reader follows, and the reader
    proven_author: Bools  # by account id: followed by a followee
    proven: Bools  # by row: liked by a followee lately
    used: Bools  # by row: the reader has liked it, answered it, or the like

    def may_show(self, rows: Ints) -> Bools:
        """Which tweets (rows (n,)): (n,). A filter asks for the social proof as well; but here what
        has none does not take the place of what has one."""
        authors = self.present.authors(rows)
        allowed: Bools = self.proven_author[authors] | self.proven[rows]
        return allowed & ~self.known[authors] & ~self.used[rows]


def outside(present: Present, segments: Segments, following: Lists, query: Query) -> Outside:
    """`following`: of all accounts, in the base."""
    snapshot, own = present.snapshot, present.delta.tweets
    accounts, rows = len(snapshot.accounts.followers), len(snapshot.tweets.id) + len(own.id)
    found = proven(segments, following, query.following - 1)
    used = present.rows(query.engaged)
    return Outside(
        present,
        _table(accounts + 1, np.append(query.following, query.account_id)),
        np.append(False, found.authors),
        _table(rows, found.rows),
        _table(rows, used[used != NONE]),
    )


def _table(size: int, places: Ints) -> Bools:
    table = np.zeros(size, dtype=np.bool_)
    table[places] = True
    return table


def interleaved(first: Ints, second: Ints) -> Ints:
    """Both in turn, each value once, at its first place: when one ends, the rest of the other."""
    values = np.concatenate([first, second])
    turn = np.concatenate([2 * np.arange(len(first)), 2 * np.arange(len(second)) + 1])
    in_turn = values[np.argsort(turn)]
    _, places = np.unique(in_turn, return_index=True)
    return in_turn[np.sort(places)]
