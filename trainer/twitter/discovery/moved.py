"""The vectors as one overlay has them: a base's, and what its visitors did. Pure.

As of the base's end, however far the overlay's clock has run: there, nobody but its visitors does
anything, so letting the base's likers fade meanwhile would only take the popular for forgotten. A
deed after the end counts as one at the end.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from trainer.twitter.columns.building import worth
from trainer.twitter.columns.log import NONE, RETWEET, places
from trainer.twitter.columns.present import Present
from trainer.twitter.discovery.leading import unit
from trainer.twitter.discovery.links import Matrix
from trainer.twitter.discovery.vectors import Vectors, decayed
from trainer.twitter.world.population import Floats, Ints

# How far an engagement of strength 1 (a like) moves a reader towards the tweet, whose vector has a
# length of 1 as theirs has. Measured by leaving a day's engagements (four a reader) out of the
# learning and adding them in this way: recall by the cosine alone, of the nearest 300, rose from
# 0.586 (no share) to 0.602 (0.1), 0.610 (0.2) and 0.611 (0.4). That of the score stayed: 0.85.
# All this on the day that chose it.
SHARE = 0.2
# Less than this part of what was taken back is what rounding leaves: nobody.
RESIDUE = 1e-4


@dataclass(frozen=True, eq=False, slots=True)
class _Touched:
    """The tweets with which something was done in the overlay, and those posted in it."""

    rows: Ints  # (u,) ascending
    vectors: Matrix  # (u, 32)
    likers: Floats  # (u,) float32


@dataclass(frozen=True, eq=False)
class Moved:
    """`present`: of an overlay on the base that `vectors` are of, or of that base alone; of a
    snapshot of the same instant."""

    vectors: Vectors
    present: Present

    def tweets(self, rows: Ints) -> Matrix:
        """(k, 32) float32 of unit length: of the tweets of rows (k,), overlay's own among them."""
        found = np.zeros((len(rows), self.vectors.tweets.shape[1]), dtype=np.float32)
        is_base = rows < len(self.vectors.tweets)
        found[is_base] = self.vectors.tweets[rows[is_base]]
        if len(self.touched.rows):
            place, is_touched = places(self.touched.rows, rows)
            found[is_touched] = self.touched.vectors[place[is_touched]]
        return found

    def likers(self, rows: Ints) -> Floats:
        """(k,) float32: the decayed number of those who liked each; 0: the vector is its
        author's."""
        found = np.zeros(len(rows), dtype=np.float32)
        is_base = rows < len(self.vectors.likers)
        found[is_base] = self.vectors.likers[rows[is_base]]
        if len(self.touched.rows):
            place, is_touched = places(self.touched.rows, rows)
            found[is_touched] = self.touched.likers[place[is_touched]]
        return found

    def account(self, account_id: int) -> Matrix:
        """(32,) float32 of unit length, or zero: the learned vector, moved towards each tweet that
        the account has done something with in the overlay by SHARE times what the deed is worth
        (strengths.py), and away from what it took back."""
        learned = self._learned(account_id)
        deeds, rows = self.present.delta.deeds, self._deed_rows
        mine = (deeds.account == account_id) & (rows != NONE)
        if not mine.any():
            return learned
        at_ms = self.vectors.at_ms
        is_active = deeds.is_active[mine]
        done_ms = np.where(is_active, deeds.at_ms[mine], deeds.undone_ms[mine])
        weight = worth(deeds.kind[mine], np.minimum(done_ms, at_ms), at_ms)
        signed = (np.where(is_active, SHARE, -SHARE) * weight).astype(np.float32)
        moved: Matrix = unit((learned + signed @ self.tweets(rows[mine]))[None, :])[0]
        return moved

    def similarity(self, account_id: int, rows: Ints) -> Floats:
        """(k,) float32: the cosine of an account and the tweets of rows (k,), -1 to 1; 0 where
        nothing is known of either. Of a retweet: ask for the row that it shows."""
        cosine: Floats = self.tweets(rows) @ self.account(account_id)
        return cosine

    @cached_property
    def touched(self) -> _Touched:
        deeds, rows = self.present.delta.deeds, self._deed_rows
        own = np.arange(len(self.present.delta.tweets.id)) + len(self.vectors.tweets)
        known = (rows != NONE) & (deeds.account <= len(self.vectors.accounts))
        touched, place = np.unique(np.concatenate([rows[known], own]), return_inverse=True)
        place = place[: int(known.sum())]
        is_active = deeds.is_active[known]
        done_ms = np.where(is_active, deeds.at_ms[known], deeds.undone_ms[known])
        at_ms = self.vectors.at_ms
        weight = np.where(is_active, 1, -1) * decayed(np.minimum(done_ms, at_ms), at_ms)
        summed, likers = self._before(touched)
        np.add.at(summed, place, weight[:, None] * self.vectors.accounts[deeds.account[known] - 1])
        np.add.at(likers, place, weight)
        taken = -np.bincount(place, np.minimum(weight, 0), minlength=len(touched))
        nobody = likers <= RESIDUE * taken
        likers[nobody] = 0
        vectors = unit(summed)
        vectors[nobody] = self._stand_ins(touched[nobody])
        return _Touched(touched, vectors, likers)

    def _before(self, rows: Ints) -> tuple[Matrix, Floats]:
        """The base's sums (u, 32) and likers (u,) of these rows."""
        summed = np.zeros((len(rows), self.vectors.tweets.shape[1]), dtype=np.float32)
        likers = np.zeros(len(rows), dtype=np.float32)
        base = rows < len(self.vectors.likers)
        likers[base] = self.vectors.likers[rows[base]]
        liked = np.flatnonzero(likers > 0)
        length = self.vectors.lengths[rows[liked], None]
        summed[liked] = self.vectors.tweets[rows[liked]] * length
        return summed, likers

    def _stand_ins(self, rows: Ints) -> Matrix:
        """The vectors of the authors of these rows; zeros for a retweet."""
        author = self.present.authors(rows) - 1
        known = (author < len(self.vectors.accounts)) & (self.present.kinds(rows) != RETWEET)
        vectors = np.zeros((len(rows), self.vectors.tweets.shape[1]), dtype=np.float32)
        vectors[known] = self.vectors.accounts[author[known]]
        return vectors

    def _learned(self, account_id: int) -> Matrix:
        if not 0 < account_id <= len(self.vectors.accounts):
            return np.zeros(self.vectors.accounts.shape[1], dtype=np.float32)
        learned: Matrix = self.vectors.accounts[account_id - 1]
        return learned

    @cached_property
    def _deed_rows(self) -> Ints:
        return self.present.rows(self.present.delta.deeds.tweet)
