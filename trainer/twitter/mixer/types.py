"""What the parts of the pipeline hand to one another. Pure.

Nothing is changed in place: a part takes a query and candidates and gives new candidates, and what
it dropped with the reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import IntFlag
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.columns.log import KINDS
from trainer.twitter.world.population import Bools, Floats, Ints

Level = Literal[0, 1, 2, 3]
HEAVY, LIGHT, CHRONOLOGICAL, CACHED = 0, 1, 2, 3


class Sources(IntFlag):
    """Where a candidate was found: bits, as it may be more than one."""

    IN_NETWORK = 1
    CELEBRITIES = 2
    GRAPH = 4
    EMBEDDINGS = 8


@dataclass(frozen=True, slots=True)
class Weights:
    """What each engagement is worth in the score: of the content, passed in by the caller.

    `by_kind`: by the names of KINDS; a kind that is not named weighs 0.
    """

    id: str
    by_kind: Mapping[str, float]

    def vector(self) -> NDArray[np.float32]:
        """(6,) float32, in the order of KINDS."""
        return np.array([self.by_kind.get(kind, 0.0) for kind in KINDS], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many candidates go where. `discovery`: the share (0 to 1) of out-of-network ones."""

    fetched: int = 1_500
    ranked: int = 500  # what the light ranker leaves to the heavy one
    served: int = 200
    discovery: float = 0.5

    def shrunk(self, factor: float) -> "Sizes":
        """Fetching and ranking less under load; `factor` 0.1 to 1. Never less than is served."""
        return replace(
            self,
            fetched=max(self.served, round(self.fetched * factor)),
            ranked=max(self.served, round(self.ranked * factor)),
        )


@dataclass(frozen=True, eq=False, slots=True)
class Query:
    """Who asks, and what is known of them. Ids are accounts' and tweets' own (int64, ascending)."""

    account_id: int
    at_ms: int  # world time, unix milliseconds
    weights: Weights
    following: Ints
    sizes: Sizes = field(default_factory=Sizes)
    muted: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    blocked: Ints = field(default_factory=lambda: np.empty(0, np.int64))  # either way
    seen: Ints = field(default_factory=lambda: np.empty(0, np.int64))  # tweets; of retweets: shown
    disliked: Ints = field(default_factory=lambda: np.empty(0, np.int64))  # authors
    disliked_ms: Ints = field(default_factory=lambda: np.empty(0, np.int64))  # since when, of each


@dataclass(frozen=True, eq=False, slots=True)
class Candidates:
    """n candidates as columns. A retweet is an entry that shows another tweet."""

    id: Ints  # (n,) int64, of the entry
    author: Ints  # (n,) int64 account id, of the entry
    kind: Ints  # (n,) int8: 1 tweet, 2 reply, 3 retweet
    at_ms: Ints  # (n,) int64, when the entry was posted
    shown: Ints  # (n,) int64: the entry, or what it retweets
    shown_author: Ints  # (n,) int64 account id
    shown_at_ms: Ints  # (n,) int64
    is_deleted: Bools  # (n,) the entry or what it shows
    is_premium: Bools  # (n,) the shown tweet's author
    in_network: Bools  # (n,) the reader follows the entry's author
    sources: Ints  # (n,) uint8, bits of Sources
    walk_score: Floats  # (n,) float32: share of the visits (0 where no walk came by)
    similarity: Floats  # (n,) float32: cosine of reader and shown tweet, -1 to 1
    proofs: Ints  # (n,) int16: followees who liked the shown tweet lately, or follow its author
    chances: NDArray[np.float32]  # (n, 6): of each of KINDS, by the last ranker; 0 before
    score: Floats  # (n,) float32, 0 before a ranker
    factors: Mapping[str, Floats]  # by name, in the order in which they were multiplied: (n,) each

    def __len__(self) -> int:
        return len(self.id)

    def take(self, chosen: Bools | Ints) -> "Candidates":
        """Those of a mask (n,), or of row numbers in that order."""
        values: dict[str, Any] = {
            column.name: getattr(self, column.name)[chosen]
            for column in fields(self)
            if column.name != "factors"
        }
        kept = {name: values_[chosen] for name, values_ in self.factors.items()}
        return Candidates(**values, factors=kept)

    def times(self, name: str, factor: Floats) -> "Candidates":
        """With the score multiplied by a factor (n,), which is kept under its name."""
        wanted = factor.astype(np.float32)
        return replace(self, score=self.score * wanted, factors={**self.factors, name: wanted})


@dataclass(frozen=True, eq=False, slots=True)
class Dropped:
    """What a part left out: the entries' ids (k,) int64, and why."""

    ids: Ints
    reason: str


@dataclass(frozen=True, eq=False, slots=True)
class Outcome:
    """What a part leaves; `notes`: figures of its own to show, such as how many a source gave."""

    candidates: Candidates
    dropped: tuple[Dropped, ...] = ()
    notes: Mapping[str, float] = field(default_factory=dict)


Run = Callable[[Query, Candidates], Outcome]


@dataclass(frozen=True, slots=True)
class Part:
    """A step of the pipeline. `fails`: when it cannot be done, the candidates go on as they were
    (open), or there is no timeline of this level (loud)."""

    name: str
    run: Run
    fails: Literal["open", "loud"] = "loud"
