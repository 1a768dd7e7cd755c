"""What the parts of the pipeline hand to one another. Pure.

Nothing is changed in place. A part takes a query and candidates and gives an outcome: candidates,
what it dropped with the reason, and, where it learned more of the reader, a new query. So hydrating
the query, fetching, filtering, ranking and side effects all have one shape.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntFlag
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.columns.delta import Delta
from trainer.twitter.columns.log import KINDS
from trainer.twitter.errors import UnknownEngagement
from trainer.twitter.world.population import Bools, Floats, Ints

Level = Literal[0, 1, 2, 3]
HEAVY: Final = 0
LIGHT: Final = 1
CHRONOLOGICAL: Final = 2
CACHED: Final = 3


class Sources(IntFlag):
    """Where a candidate was found: bits, as it may be more than one."""

    IN_NETWORK = 1
    CELEBRITIES = 2
    GRAPH = 4
    EMBEDDINGS = 8


@dataclass(frozen=True, slots=True)
class Weights:
    """What each engagement is worth in the score: of the content, passed in by the caller.

    `by_kind`: by the names of KINDS; a kind that is not named weighs 0. Raises UnknownEngagement
    for any other name.
    """

    id: str
    by_kind: Mapping[str, float]

    def __post_init__(self) -> None:
        for kind in self.by_kind:
            if kind not in KINDS:
                raise UnknownEngagement(kind, ", ".join(KINDS))

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
    disliked: Ints = field(default_factory=lambda: np.empty(0, np.int64))  # authors, ascending
    disliked_ms: Ints = field(default_factory=lambda: np.empty(0, np.int64))  # since when, of each
    engaged: Ints = field(default_factory=lambda: np.empty(0, np.int64))  # tweets acted on
    delta: Delta | None = None  # what the overlay adds to its base, for sources and hydration


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

    @classmethod
    def found(cls, ids: Ints, sources: int = 0, **scores: Floats) -> "Candidates":
        """As a source gives them: of each only its id, the source's bit and the source's score
        (`walk_score` or `similarity`) are known. The rest is 0 until they are hydrated."""
        n = len(ids)
        columns: dict[str, Any] = {name: np.zeros(n, dtype) for name, dtype in _DTYPES.items()}
        columns |= {name: column.astype(_DTYPES[name]) for name, column in scores.items()}
        columns["id"] = ids.astype(np.int64)
        columns["sources"] = np.full(n, sources, dtype=np.uint8)
        return cls(**columns, chances=np.zeros((n, len(KINDS)), np.float32), factors={})

    @classmethod
    def joined(cls, several: Sequence["Candidates"]) -> "Candidates":
        """One after the other; what was multiplied before is not kept. At least one."""
        return cls(
            **{
                name: np.concatenate([getattr(part, name) for part in several])
                for name in (*_DTYPES, "chances")
            },
            factors={},
        )

    def __len__(self) -> int:
        return len(self.id)

    def take(self, chosen: Bools | Ints) -> "Candidates":
        """Those of a mask (n,), or of row numbers in that order."""
        rows = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        columns: dict[str, Any] = {name: getattr(self, name).take(rows) for name in _DTYPES}
        return Candidates(
            **columns,
            chances=self.chances[rows],
            factors={name: factor.take(rows) for name, factor in self.factors.items()},
        )

    def best_first(self) -> Ints:
        """Their row numbers (n,), the highest score first; among equals the newest (its id)."""
        return np.lexsort((-self.id, -self.score))

    def times(self, name: str, factor: Floats) -> "Candidates":
        """With the score multiplied by a factor (n,), which is kept under its name."""
        wanted = factor.astype(np.float32)
        return replace(self, score=self.score * wanted, factors={**self.factors, name: wanted})


_DTYPES: Mapping[str, Any] = {  # of the columns (n,)
    "id": np.int64,
    "author": np.int64,
    "kind": np.int8,
    "at_ms": np.int64,
    "shown": np.int64,
    "shown_author": np.int64,
    "shown_at_ms": np.int64,
    "is_deleted": np.bool_,
    "is_premium": np.bool_,
    "in_network": np.bool_,
    "sources": np.uint8,
    "walk_score": np.float32,
    "similarity": np.float32,
    "proofs": np.int16,
    "score": np.float32,
}


@dataclass(frozen=True, eq=False, slots=True)
class Fetched:
    """What a source found: entries' ids (k,) int64, each once, best first; its own score (k,)
    float32 of each (0 where it has none)."""

    ids: Ints
    score: Floats


@dataclass(frozen=True, slots=True)
class Source:
    """Where candidates come from. `fetch(query, limit)` gives at most `limit`, which is `share` of
    what is fetched in all (`Sizes.fetched`). `score_as`: the column that its score goes to.

    `fails`: open, and the timeline is made of what the others found; or loud, and there is none.
    """

    name: str
    bit: Sources
    fetch: Callable[[Query, int], Fetched]
    share: float
    score_as: Literal["walk_score", "similarity"] | None = None
    fails: Literal["open", "loud"] = "open"


@dataclass(frozen=True, slots=True)
class Find:
    """How a source fared: how many it found and in what time, or why it found nothing."""

    source: str
    count: int
    ms: float
    error: str | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Dropped:
    """What a part left out: the entries' ids (k,) int64, and why."""

    ids: Ints
    reason: str


@dataclass(frozen=True, eq=False, slots=True)
class Outcome:
    """What a part leaves. `finds`: how its sources fared, where it has some. `notes`: figures of
    its own to show. `query`: where it learned more of the reader; None: as it was."""

    candidates: Candidates
    dropped: tuple[Dropped, ...] = ()
    notes: Mapping[str, float] = field(default_factory=dict)
    finds: tuple[Find, ...] = ()
    query: Query | None = None


Run = Callable[[Query, Candidates], Outcome]


@dataclass(frozen=True, slots=True)
class Part:
    """A step of the pipeline. `fails`: when it cannot be done, the candidates go on as they were
    (open), or there is no timeline of this level (loud)."""

    name: str
    run: Run
    fails: Literal["open", "loud"] = "loud"
