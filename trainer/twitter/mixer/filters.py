"""Who is left out, and why. Pure.

A filter is a mask with a name and a reason. They stand cheapest first, so that the dear ones see
few. Muting and blocking go by either author, so that a retweet is no way round them.
"""

from collections.abc import Callable

import numpy as np

from trainer.twitter.mixer.fatigue import is_hidden
from trainer.twitter.mixer.types import Candidates, Dropped, Outcome, Part, Query
from trainer.twitter.world.population import DAY_MS, RETWEET, Bools, Ints

IsBad = Callable[[Query, Candidates], Bools]
LONGEST_DAYS = 7


def drop(name: str, reason: str, is_bad: IsBad) -> Part:
    """The part that leaves out those for which `is_bad(query, candidates)` (n,) is true."""

    def run(query: Query, candidates: Candidates) -> Outcome:
        bad = is_bad(query, candidates)
        if not bad.any():
            return Outcome(candidates)
        return Outcome(candidates.take(~bad), (Dropped(candidates.id[bad], reason),))

    return Part(name, run)


def is_deleted(_query: Query, candidates: Candidates) -> Bools:
    return candidates.is_deleted


def is_own(query: Query, candidates: Candidates) -> Bools:
    """Written by the reader, or the reader's own brought back by a retweet."""
    me = query.account_id
    own: Bools = (candidates.author == me) | (candidates.shown_author == me)
    return own


def too_old(longest_days: int = LONGEST_DAYS) -> Part:
    """Posted longer ago than that; a retweet counts from when it was retweeted."""

    def is_old(query: Query, candidates: Candidates) -> Bools:
        old: Bools = candidates.at_ms < query.at_ms - longest_days * DAY_MS
        return old

    return drop("too old", f"older than {longest_days} days", is_old)


def is_blocked(query: Query, candidates: Candidates) -> Bools:
    return _by_any(query.blocked, candidates)


def is_muted(query: Query, candidates: Candidates) -> Bools:
    return _by_any(query.muted, candidates)


def is_seen(query: Query, candidates: Candidates) -> Bools:
    """The shown tweet was shown before, as itself or by a retweet."""
    return among(candidates.shown, query.seen)


def lacks_proof(_query: Query, candidates: Candidates) -> Bools:
    """Out-of-network, and nobody whom the reader follows liked it or follows its author."""
    lacks: Bools = ~candidates.in_network & (candidates.proofs == 0)
    return lacks


def is_duplicate(_query: Query, candidates: Candidates) -> Bools:
    """Another entry shows the same tweet: the tweet itself if it is there, else the retweet with
    the best score, else the newest."""
    is_retweet = candidates.kind == RETWEET
    by_shown = np.lexsort((-candidates.id, -candidates.score, is_retweet, candidates.shown))
    shown = candidates.shown[by_shown]
    bad = np.zeros(len(candidates), dtype=bool)
    bad[by_shown[1:]] = shown[1:] == shown[:-1]
    return bad


def among(values: Ints, ascending: Ints) -> Bools:
    """(n,): which of the values (n,) are among those (k,)."""
    if not len(ascending):
        return np.zeros(len(values), dtype=bool)
    place = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    is_there: Bools = ascending[place] == values
    return is_there


def _by_any(accounts: Ints, candidates: Candidates) -> Bools:
    return among(candidates.author, accounts) | among(candidates.shown_author, accounts)


FILTERS = (
    drop("deleted", "deleted", is_deleted),
    drop("own tweets", "the reader's own", is_own),
    too_old(),
    drop("social proof", "no social proof", lacks_proof),
    drop("blocked", "blocked author", is_blocked),
    drop("muted", "muted author", is_muted),
    drop("not interested", "author marked not interesting in the last 14 days", is_hidden),
    drop("seen", "seen before", is_seen),
)

# After the light ranker, as it goes by the score, and after the others: a tweet that the reader may
# not see must not take the place of a retweet that may be seen.
DUPLICATES = drop("duplicate retweets", "shown by another entry", is_duplicate)
