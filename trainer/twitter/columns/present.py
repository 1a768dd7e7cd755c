"""A base as of an instant and what an overlay adds, read as one. Pure.

A tweet's row: the base's m tweets by id, then the overlay's own as m, m + 1, ... by id.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.columns.building import HALF_LIFE_MS, worth
from trainer.twitter.columns.delta import Delta
from trainer.twitter.columns.log import KINDS, NONE, RETWEET, looked_up, places, posted_ms
from trainer.twitter.columns.snapshot import Snapshot
from trainer.twitter.mixer.types import Candidates, Dropped, Outcome
from trainer.twitter.world.population import Bools, Floats, Ints

NOT_FOUND = "not found"  # neither base nor overlay has it, or what it shows
# Less than this is what rounding leaves of a weight that was taken back: a click is worth it only
# after eight half-lives.
RESIDUE = 1e-3


@dataclass(frozen=True, eq=False)
class Present:
    """`delta` of an overlay on the very base of the snapshot; of a bare base: Delta()."""

    snapshot: Snapshot
    delta: Delta

    def rows(self, ids: Ints) -> Ints:
        """The row of each tweet id (k,), int32; NONE where neither has it."""
        found = self.snapshot.tweets.rows(ids)
        if len(self.delta.tweets.id):
            ours, is_ours = places(self.delta.tweets.id, ids)
            found = np.where(is_ours & (found == NONE), ours + self._base_size, found)
        return found.astype(np.int32, copy=False)

    def ids(self, rows: Ints) -> Ints:
        """The tweet id of each row (k,), int64."""
        return self._pick(self.snapshot.tweets.id, self.delta.tweets.id, rows)

    def authors(self, rows: Ints) -> Ints:
        """The account id of each row's author: (k,) int64."""
        base = self._pick(self.snapshot.tweets.author, self.delta.tweets.author - 1, rows)
        return base.astype(np.int64) + 1

    def kinds(self, rows: Ints) -> Ints:
        """TWEET, REPLY or RETWEET: (k,) int8."""
        return self._pick(self.snapshot.tweets.kind, self.delta.tweets.kind, rows)

    def parents(self, rows: Ints) -> Ints:
        """The row of what each answers or repeats: (k,) int32, or NONE."""
        return self._pick(self.snapshot.tweets.parent, self._overlay_parents, rows)

    def shown(self, rows: Ints) -> Ints:
        """The row of the tweet that is seen: a retweet's original, else itself. (k,) int32."""
        return self._shown(rows, self.kinds(rows))

    def counts(self, rows: Ints) -> Ints:
        """(k, 6) int32: how often each of KINDS was done with the tweet that each row shows."""
        return self.counts_of(self.shown(rows))

    def counts_of(self, rows: Ints) -> Ints:
        """(k, 6) int32: how often each of KINDS was done with the very tweet of each row."""
        none = np.zeros((len(self.delta.tweets.id), len(KINDS)), dtype=np.int32)
        counted = self._pick(self.snapshot.counts, none, rows)
        touched, more = self._changes
        if len(touched):
            place, is_touched = places(touched, rows)
            counted[is_touched] += more[place[is_touched]]
        return counted

    def affinities(self, account_id: int, at_ms: int | None = None) -> tuple[Ints, Floats]:
        """Whom the account is drawn to: author ids (p,) int64, ascending, and weights (p,) float32
        as of `at_ms` (None: the snapshot's instant). Nobody, for an account that is not there."""
        when = self.snapshot.at_ms if at_ms is None else at_ms
        authors, weights = self._base_affinities(account_id)
        weights = weights * np.float32(2.0 ** ((self.snapshot.at_ms - when) / HALF_LIFE_MS))
        to, more = self._overlay_affinities(account_id, when)
        if not len(to):
            return authors, weights
        every, place = np.unique(np.concatenate([authors, to]), return_inverse=True)
        summed = np.bincount(place, np.concatenate([weights, more]), minlength=len(every))
        kept = summed > RESIDUE
        return every[kept], summed[kept].astype(np.float32)

    def affinities_to(self, account_id: int, others: Ints, at_ms: int | None = None) -> Floats:
        """The account's affinity to each of `others` (n,), 0 for none: (n,) float32."""
        return looked_up(*self.affinities(account_id, at_ms), others)

    def candidates(
        self,
        ids: Ints,
        following: NDArray[np.integer[Any]],
        *,
        sources: Ints | None = None,
        walk_score: Floats | None = None,
        similarity: Floats | None = None,
        proofs: Ints | None = None,
    ) -> Outcome:
        """The entries with these ids (n,), in that order, as candidates of one who follows these
        account ids (ascending); what the sources know of each, (n,), comes along, or is 0. Entries
        that nobody has are left out as NOT_FOUND."""
        rows = self.rows(ids)
        found = self._found(rows)
        chosen = slice(None) if found.all() else found
        ids_, rows = ids[chosen], rows[chosen]
        count = len(ids_)
        candidates = Candidates(
            **self._hydrated(ids_, rows, following),
            sources=_given(sources, chosen, count, np.uint8),
            walk_score=_given(walk_score, chosen, count, np.float32),
            similarity=_given(similarity, chosen, count, np.float32),
            proofs=_given(proofs, chosen, count, np.int16),
            chances=np.zeros((count, len(KINDS)), dtype=np.float32),
            score=np.zeros(count, dtype=np.float32),
            factors={},
        )
        return Outcome(candidates, (Dropped(ids[~found], NOT_FOUND),) if count < len(ids) else ())

    def _hydrated(
        self, ids: Ints, rows: Ints, following: NDArray[np.integer[Any]]
    ) -> dict[str, Any]:
        kind, author = self.kinds(rows), self.authors(rows)
        shown_rows = self._shown(rows, kind)
        shown, shown_author = self.ids(shown_rows), self.authors(shown_rows)
        return {
            "id": ids,
            "author": author,
            "kind": kind,
            "at_ms": posted_ms(ids),
            "shown": shown,
            "shown_author": shown_author,
            "shown_at_ms": posted_ms(shown),
            "is_deleted": self._deleted(ids, rows) | self._deleted(shown, shown_rows),
            "is_premium": self.snapshot.accounts.is_premium[shown_author - 1],
            "in_network": places(following, author)[1],
        }

    def _found(self, rows: Ints) -> Bools:
        """Which of these rows are there, with what they show."""
        found: Bools = rows != NONE
        found[found] = self.shown(rows[found]) != NONE
        return found

    def _shown(self, rows: Ints, kinds: Ints) -> Ints:
        shown = rows.copy()
        repeats = kinds == RETWEET
        shown[repeats] = self.parents(rows[repeats])
        return shown

    def _deleted(self, ids: Ints, rows: Ints) -> Bools:
        """(k,) deleted here: the base's by a tombstone, the overlay's own by its mark."""
        deleted = places(self.delta.gone, ids)[1]
        ours = rows >= self._base_size
        deleted[ours] = self.delta.tweets.is_deleted[rows[ours] - self._base_size]
        return deleted

    @property
    def _base_size(self) -> int:
        return len(self.snapshot.tweets.id)

    @cached_property
    def _overlay_parents(self) -> Ints:
        return self.rows(self.delta.tweets.parent)

    @cached_property
    def _deed_rows(self) -> Ints:
        return self.rows(self.delta.deeds.tweet)

    @cached_property
    def _changes(self) -> tuple[Ints, Ints]:
        """The rows (u,) with which something was done in the overlay, ascending, and by how much
        the counts of KINDS differ there: (u, 6) int32."""
        deeds, rows = self.delta.deeds, self._deed_rows
        known = rows != NONE
        touched, place = np.unique(rows[known], return_inverse=True)
        cell = place * len(KINDS) + (deeds.kind[known] - 1)
        sign = np.where(deeds.is_active[known], 1, -1)
        more = np.bincount(cell, sign, minlength=len(touched) * len(KINDS))
        return touched, more.astype(np.int32).reshape(len(touched), len(KINDS))

    def _base_affinities(self, account_id: int) -> tuple[Ints, Floats]:
        if not 0 < account_id <= len(self.snapshot.accounts.followers):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        authors, weights = self.snapshot.affinities.of(account_id - 1)
        return authors.astype(np.int64) + 1, weights

    def _overlay_affinities(self, account_id: int, at_ms: int) -> tuple[Ints, Floats]:
        """Of each deed of the account in the overlay, its author and what it adds; what was taken
        back of the base's is subtracted as of when it had been done."""
        deeds = self.delta.deeds
        mine = (deeds.account == account_id) & (self._deed_rows != NONE)
        author = self.authors(self._deed_rows[mine])
        is_active = deeds.is_active[mine]
        done_ms = np.where(is_active, deeds.at_ms[mine], deeds.undone_ms[mine])
        weight = worth(deeds.kind[mine], done_ms, at_ms) * np.where(is_active, 1.0, -1.0)
        others = author != account_id
        return author[others], weight[others]

    def _pick(self, base: NDArray[Any], ours: NDArray[Any], rows: Ints) -> NDArray[Any]:
        """Values of rows (k,) of two columns, the base's and the overlay's."""
        if not len(ours):
            return base[rows]
        picked = np.empty((len(rows), *base.shape[1:]), dtype=base.dtype)
        is_ours = rows >= len(base)
        picked[~is_ours] = base[rows[~is_ours]]
        picked[is_ours] = ours[rows[is_ours] - len(base)]
        return picked


def _given(
    values: NDArray[Any] | None, chosen: slice | Bools, count: int, dtype: type[np.generic]
) -> NDArray[Any]:
    if values is None:
        return np.zeros(count, dtype=dtype)
    return values[chosen].astype(dtype, copy=False)
