"""How much of what is discovered comes from the reader's own community. Pure.

The labels are given by who checks: nothing that discovers may know them.
"""

from dataclasses import dataclass

import numpy as np

from trainer.twitter.world.population import Floats, Ints


@dataclass(frozen=True, slots=True)
class Purity:
    """Shares, 0 to 1: what is found from the reader's community, and its share of all there is."""

    share: float
    base_rate: float

    @property
    def lift(self) -> float:
        """How many times the base rate; a community that has nothing to find gives 0."""
        return self.share / self.base_rate if self.base_rate else 0.0


def purity(scores: Floats, labels: Ints, own: int, everything: Ints) -> Purity:
    """Of found tweets (v,) with `scores` and community `labels` (v,), for a reader of community
    `own`; `everything` (t,): the label of each tweet that could be found. Nothing found: 0."""
    total = float(scores.sum())
    share = float(scores[labels == own].sum()) / total if total else 0.0
    return Purity(share, float(np.mean(everything == own)) if len(everything) else 0.0)
