"""Each entry once, whoever found it. Pure.

What the sources know of it is put together: the bits of all, and the best of each score. Later
parts may drop; only this one merges.
"""

from dataclasses import replace

import numpy as np

from trainer.twitter.mixer.types import Candidates, Dropped, Outcome, Part, Query
from trainer.twitter.world.population import Floats, Ints

REASON = "found twice"


def merge(_query: Query, candidates: Candidates) -> Outcome:
    """The entries by ascending id. A find of an entry that another source found too is dropped."""
    if not len(candidates):
        return Outcome(candidates)
    by_id = candidates.take(np.argsort(candidates.id, kind="stable"))
    is_first = np.append(True, by_id.id[1:] != by_id.id[:-1])
    first = np.flatnonzero(is_first)
    once = replace(
        by_id.take(first),
        sources=np.bitwise_or.reduceat(by_id.sources, first),
        walk_score=_best(by_id.walk_score, first),
        similarity=_best(by_id.similarity, first),
    )
    return Outcome(once, (Dropped(by_id.id[~is_first], REASON),))


def _best(scores: Floats, first: Ints) -> Floats:
    """The best known score of each stretch that begins at `first`. 0 is unknown: a source that says
    nothing must not better a cosine below 0."""
    known = np.where(scores == 0, np.float32(-np.inf), scores)
    best = np.maximum.reduceat(known, first)
    return np.where(np.isinf(best), np.float32(0), best)


DEDUPE = Part("dedupe", merge)
