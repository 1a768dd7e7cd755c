"""What became of candidates: what their reader did with them within the horizon. Pure."""

from dataclasses import dataclass

import numpy as np

from trainer.twitter.columns.log import KINDS, Log
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.world.population import Ints


@dataclass(frozen=True, eq=False, slots=True)
class Deeds:
    """Of n accounts, what each did, by account: of account i, `start[i]` up to `start[i + 1]`."""

    start: Ints  # (n + 1,)
    tweet: Ints  # (e,) rows
    kind: Ints  # (e,) 1 to 6

    def of(self, account: int) -> tuple[Ints, Ints]:
        """Rows and kinds of one account (index), by time."""
        part = slice(int(self.start[account]), int(self.start[account + 1]))
        return self.tweet[part], self.kind[part]


def between(log: Log, since_ms: int | None, until_ms: int) -> Deeds:
    """What was done from `since_ms` (None: the beginning) up to, and not at, `until_ms`."""
    deeds = log.deeds.between(since_ms, until_ms)
    order = np.argsort(deeds.account, kind="stable")
    start = np.searchsorted(deeds.account[order], np.arange(len(log.accounts.followers) + 1))
    return Deeds(start, deeds.tweet[order], deeds.kind[order])


def labels(shown: Ints, tweet: Ints, kind: Ints) -> Matrix:
    """(n, 6): 1 for each of KINDS that was done with the shown tweets (n,), rows of which no two
    are the same, else 0. `tweet`, `kind` (e,): what was done, also with other tweets."""
    found = np.zeros((len(shown), len(KINDS)), dtype=np.float32)
    if not len(shown):
        return found
    order = np.argsort(shown)
    place = order[np.minimum(np.searchsorted(shown[order], tweet), len(shown) - 1)]
    hit = shown[place] == tweet
    found[place[hit], kind[hit] - 1] = 1
    return found
