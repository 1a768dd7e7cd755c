"""What a score is multiplied by. Pure.

Wherever it says author, it is the author of the shown tweet: in a retweet the one who is read.
Factors keep the order of scores that are not negative; no kind of KINDS weighs less than 0.
"""

from collections.abc import Callable

import numpy as np

from trainer.twitter.mixer.fatigue import fatigue
from trainer.twitter.mixer.types import Candidates, Outcome, Part, Query
from trainer.twitter.world.population import REPLY, Floats

Factor = Callable[[Query, Candidates], Floats]

REPLIES = 0.75
OUT_OF_NETWORK = 0.75
PREMIUM_IN, PREMIUM_OUT = 4.0, 2.0
# An author's k-th tweet (from 0) counts 0.75 x 0.5^k + 0.25: 1, 0.625, 0.4375 ... never below 0.25.
DIVERSITY, DIVERSITY_FLOOR = 0.5, 0.25


def rescore(name: str, factor: Factor) -> Part:
    """The part that multiplies by `factor(query, candidates)` (n,)."""

    def run(query: Query, candidates: Candidates) -> Outcome:
        return Outcome(candidates.times(name, factor(query, candidates)))

    return Part(name, run)


def replies(_query: Query, candidates: Candidates) -> Floats:
    """The entry is a reply (a retweet of one is not)."""
    return np.where(candidates.kind == REPLY, REPLIES, 1.0)


def out_of_network(_query: Query, candidates: Candidates) -> Floats:
    return np.where(candidates.in_network, 1.0, OUT_OF_NETWORK)


def premium(_query: Query, candidates: Candidates) -> Floats:
    boost = np.where(candidates.in_network, PREMIUM_IN, PREMIUM_OUT)
    return np.where(candidates.is_premium, boost, 1.0)


def diversity(_query: Query, candidates: Candidates) -> Floats:
    """By each one's place among its author's, by the score as it now stands."""
    if not len(candidates):
        return np.empty(0)
    order = candidates.best_first()
    by_author = order[np.argsort(candidates.shown_author[order], kind="stable")]
    author = candidates.shown_author[by_author]
    is_first = np.append(True, author[1:] != author[:-1])
    first = np.flatnonzero(is_first)
    k = np.arange(len(author)) - first[np.cumsum(is_first) - 1]
    factor = np.empty(len(author))
    factor[by_author] = (1 - DIVERSITY_FLOOR) * DIVERSITY**k + DIVERSITY_FLOOR
    return factor


# Diversity comes last: it goes by the order that the others leave.
RESCORING = (
    rescore("replies", replies),
    rescore("out of network", out_of_network),
    rescore("premium", premium),
    rescore("feedback fatigue", fatigue),
    rescore("author diversity", diversity),
)
