"""What a ranker's chances are worth: score = sum of weight x chance. Pure."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.errors import PartFailed
from trainer.twitter.mixer.types import Candidates, Outcome, Part, Query, Weights

# (query, n candidates) -> (n, 6) float32, 0 to 1, in the order of KINDS.
Chances = Callable[[Query, Candidates], NDArray[np.float32]]


def ranker(name: str, chances: Chances) -> Part:
    """The part that scores by a ranker, whatever was scored before.

    Open: when it fails, the scores before it stand, be they those of a lighter one, or none.
    """

    def run(query: Query, candidates: Candidates) -> Outcome:
        found = chances(query, candidates)
        if not np.isfinite(found).all():  # of a training that diverged: no order, and no JSON
            raise PartFailed("it gives chances that are no numbers: `manage.py train_rankers`")
        return Outcome(scored(candidates, found, query.weights))

    return Part(name, run, fails="open")


def scored(candidates: Candidates, chances: NDArray[np.float32], weights: Weights) -> Candidates:
    """With the chances (n, 6) and their score, and no factor yet."""
    return replace(candidates, chances=chances, score=chances @ weights.vector(), factors={})
