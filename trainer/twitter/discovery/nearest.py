"""The tweets nearest to a reader, out of their network: exactly, among the recent. Pure.

The score is the cosine, plus shares of how many liked the tweet and of how new it is. The shares
were chosen by recall: of what 1,500 readers of the default world engaged with on its last day,
outside of their network, among 38,000 tweets of the two days before. As that day chose them, here
is another one's, two days earlier and never looked at before, of other readers (means over readers,
at 300 and at 750 results): 0.84 and 0.90 (the last day: 0.87 and 0.92); by the cosine alone 0.47
and 0.71; by number and newness alone 0.56 and 0.68; with 1 for the reader's planted topic, and 0
for others, in place of the cosine 0.91 and 0.96.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.columns.log import RETWEET, places, posted_ms
from trainer.twitter.columns.snapshot import Snapshot
from trainer.twitter.discovery.links import Matrix
from trainer.twitter.discovery.moved import Moved
from trainer.twitter.discovery.vectors import Vectors
from trainer.twitter.world.population import HOUR_MS, Bools, Floats, Ints

RECENT_MS = 48 * HOUR_MS
LIKERS = 0.2  # of the logarithm of 1 and their decayed number
FRESHNESS = 0.4  # of what halves every
FRESH_MS = 8 * HOUR_MS


@dataclass(frozen=True, eq=False, slots=True)
class Recent:
    """The r tweets and replies posted in the 48 h before a base's end: made once, for all
    readers."""

    rows: Ints  # (r,) ascending
    vectors: Matrix  # (r, 32)
    bonus: Floats  # (r,) float32, what the score has beside the cosine


@dataclass(frozen=True, eq=False, slots=True)
class Nearest:
    """k tweets, best score first."""

    ids: Ints  # (k,) int64
    score: Floats  # (k,) float32
    similarity: Floats  # (k,) float32, the cosine


def recent_of(snapshot: Snapshot, vectors: Vectors, window_ms: int = RECENT_MS) -> Recent:
    """Of a snapshot and the vectors of the same base and instant."""
    tweets = snapshot.tweets
    first = int(np.searchsorted(tweets.at_ms, vectors.at_ms - window_ms))
    rows = first + np.flatnonzero(tweets.kind[first:] != RETWEET)
    bonus = bonus_of(vectors.likers[rows], tweets.at_ms[rows], vectors.at_ms)
    return Recent(rows, vectors.tweets[rows], bonus)


def bonus_of(likers: Floats, posted_ms: Ints, at_ms: int) -> Floats:
    """(k,) float32: what the score has beside the cosine, as of `at_ms`; newer counts as new."""
    freshness = np.exp2(np.minimum(posted_ms - at_ms, 0) / FRESH_MS)
    bonus: Floats = (LIKERS * np.log1p(likers) + FRESHNESS * freshness).astype(np.float32)
    return bonus


def exact(
    recent: Recent, moved: Moved, account_id: int, limit: int, *, only: Callable[[Ints], Bools]
) -> Nearest:
    """At most `limit` of the recent tweets, and of those posted in the overlay, that may be shown:
    `only` says which of rows (k,). Nothing, for a reader of whom nothing is known."""
    reader = moved.account(account_id)
    similarity, score = recent.vectors @ reader, recent.bonus.copy()
    touched = moved.touched
    place, is_recent = places(recent.rows, touched.rows)
    bonus = _touched_bonus(moved)
    similarity[place[is_recent]] = touched.vectors[is_recent] @ reader
    score[place[is_recent]] = bonus[is_recent]
    own = np.flatnonzero(touched.rows >= len(moved.vectors.tweets))
    own = own[moved.present.kinds(touched.rows[own]) != RETWEET]
    rows = np.concatenate([recent.rows, touched.rows[own]])
    similarity = np.concatenate([similarity, touched.vectors[own] @ reader])
    score = similarity + np.concatenate([score, bonus[own]])
    allowed = np.flatnonzero(only(rows) & reader.any())
    return best(moved, rows[allowed], score[allowed], similarity[allowed], limit)


def best(moved: Moved, rows: Ints, score: Floats, similarity: Floats, limit: int) -> Nearest:
    """The `limit` best of these rows (k,), equal ones the newest first."""
    if limit < len(rows):
        chosen = np.argpartition(-score, limit)[:limit]
        rows, score, similarity = rows[chosen], score[chosen], similarity[chosen]
    order = np.lexsort((-rows, -score))
    return Nearest(moved.present.ids(rows[order]), score[order], similarity[order])


def _touched_bonus(moved: Moved) -> Floats:
    touched = moved.touched
    posted = posted_ms(moved.present.ids(touched.rows))
    return bonus_of(touched.likers, posted, moved.vectors.at_ms)


def among(ids: Ints, wanted: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(k,) whether each of ids (k,), all positive, is one of `wanted`: by a table, as ids are
    small."""
    known = np.zeros(int(ids.max(initial=0)) + 1, dtype=np.bool_)
    known[wanted[wanted < len(known)]] = True
    return known[ids]
