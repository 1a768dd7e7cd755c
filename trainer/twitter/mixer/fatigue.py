"""Feedback fatigue: an author whom the reader marked as not interesting. Pure.

Hidden for 14 days, then shown with a score that grows from 0.2 of its own to the whole in 140 days.
The author is the shown tweet's: a retweet brings a hidden author to nobody.
"""

import numpy as np

from trainer.twitter.mixer.types import Candidates, Query
from trainer.twitter.world.population import DAY_MS, Bools, Floats

HIDDEN_MS = 14 * DAY_MS
RECOVERY_MS = 140 * DAY_MS
LOWEST = 0.2


def is_hidden(query: Query, candidates: Candidates) -> Bools:
    """(n,): marked less than 14 days ago."""
    return _since_ms(query, candidates) < HIDDEN_MS


def fatigue(query: Query, candidates: Candidates) -> Floats:
    """(n,) 0.2 to 1: what is left of the score."""
    recovered = (_since_ms(query, candidates) - HIDDEN_MS) / RECOVERY_MS
    return LOWEST + (1 - LOWEST) * np.clip(recovered, 0.0, 1.0)


def _since_ms(query: Query, candidates: Candidates) -> Floats:
    """(n,) float64: how long ago each one's author was marked; infinite: never."""
    since = np.full(len(candidates), np.inf)
    if len(query.disliked):
        last = len(query.disliked) - 1
        place = np.minimum(np.searchsorted(query.disliked, candidates.shown_author), last)
        is_marked = query.disliked[place] == candidates.shown_author
        since[is_marked] = query.at_ms - query.disliked_ms[place[is_marked]]
    return since
