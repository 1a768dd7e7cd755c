"""Drawing accounts by activity, from one group or from all, millions at once. Pure."""

from dataclasses import dataclass

import numpy as np

from trainer.twitter.world.population import Floats, Ints

TICKETS = 6  # of an account with activity 1; a finer grain costs memory


@dataclass(frozen=True, eq=False)
class Crowd:
    """Each account holds tickets in proportion to its activity (one at least); tickets stand by
    group, so that a draw from a group is a draw from a slice.

    tickets: (t,) int32 account indexes; start, size: (groups,) int64.
    """

    tickets: Ints
    start: Ints
    size: Ints

    def draw_any(self, count: int, rng: np.random.Generator) -> Ints:
        """(count,) int32 accounts."""
        return self.tickets[rng.integers(0, len(self.tickets), count)]

    def draw_from(self, groups: Ints, rng: np.random.Generator) -> Ints:
        """One account of each group in `groups` (c,), from all where a group is empty; (c,)."""
        start, size = self.start[groups], self.size[groups]
        start = np.where(size > 0, start, 0)
        size = np.where(size > 0, size, len(self.tickets))
        return self.tickets[start + (rng.random(len(groups)) * size).astype(np.int64)]


def crowd(accounts: Ints, group: Ints, groups: int, activity: Floats) -> Crowd:
    """The crowd of `accounts` (c,), of which each has a group (c,) and an activity (c,)."""
    by_group = np.argsort(group, kind="stable")
    held = 1 + (activity[by_group] * TICKETS).astype(np.int64)
    tickets = np.repeat(accounts[by_group].astype(np.int32), held)
    size = np.bincount(group[by_group], weights=held, minlength=groups).astype(np.int64)
    return Crowd(tickets, np.cumsum(size) - size, size)
