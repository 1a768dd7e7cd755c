"""What is known of a base world as of an instant. Pure.

The same functions make it for training, as of instants in the past, and for serving, as of the
base's end: a ranker meets the same numbers in both.
"""

from dataclasses import dataclass

from trainer.twitter.columns.log import AccountColumns, TweetColumns
from trainer.twitter.world.population import Floats, Ints

FORMAT = 1  # of the artefact "snapshot", which is `arrays_of(Snapshot)`


@dataclass(frozen=True, eq=False, slots=True)
class Affinities:
    """How much each of n accounts was drawn to whom, as of an instant: of account i, authors
    `author[start[i]:start[i + 1]]` (ascending indexes) with these weights (see
    discovery/affinity.py for strengths and half-life)."""

    start: Ints  # (n + 1,) int64
    author: Ints  # (p,) int32
    weight: Floats  # (p,) float32

    def of(self, account: int) -> tuple[Ints, Floats]:
        """Authors and weights of one account (index)."""
        part = slice(int(self.start[account]), int(self.start[account + 1]))
        return self.author[part], self.weight[part]


@dataclass(frozen=True, eq=False, slots=True)
class Snapshot:
    """As of `at_ms`: tweets posted before it, and what was done with them before it."""

    at_ms: int
    accounts: AccountColumns
    tweets: TweetColumns  # those before at_ms
    counts: Ints  # (m, 6) int32: engagements of each of KINDS; a retweet entry has none of its own
    affinities: Affinities
