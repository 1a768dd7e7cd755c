"""What happened to a request: a value that can be stored, shown, and checked by hand. Pure.

Arrays are kept as they came; nothing is counted or written out before somebody asks.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.columns.log import KINDS
from trainer.twitter.mixer.types import Candidates, Dropped, Find, Level
from trainer.twitter.world.population import Bools, Floats, Ints

Json = dict[str, Any]
# Scores are float32 (24 bits), and some ten numbers are multiplied or added for one.
TOLERANCE = 1e-5


@dataclass(frozen=True, eq=False, slots=True)
class Done:
    """How one part went. `error`: why it was passed over, or ended the run."""

    name: str
    count_in: int
    count_out: int
    ms: float
    dropped: tuple[Dropped, ...] = ()
    finds: tuple[Find, ...] = ()
    notes: Mapping[str, float] = field(default_factory=dict)
    error: str | None = None

    def drops(self) -> Counter[str]:
        """How many it dropped, by the reason."""
        counts = Counter[str]()
        for drop in self.dropped:
            counts[drop.reason] += len(drop.ids)
        return counts


@dataclass(frozen=True, eq=False, slots=True)
class Served:
    """The r candidates that were left, in their order, and how each came by its score:
    score = chances . weights x factor x factor ..."""

    ids: Ints  # (r,) int64
    shown: Ints  # (r,) int64
    in_network: Bools  # (r,)
    sources: Ints  # (r,) uint8
    chances: NDArray[np.float32]  # (r, 6), as KINDS
    factors: Mapping[str, Floats]  # (r,) float32 each, in the order of multiplication
    score: Floats  # (r,) float32

    @classmethod
    def of(cls, candidates: Candidates) -> "Served":
        return cls(
            candidates.id,
            candidates.shown,
            candidates.in_network,
            candidates.sources,
            candidates.chances,
            candidates.factors,
            candidates.score,
        )

    def product(self, weights: NDArray[np.float32]) -> NDArray[np.float64]:
        """The scores (r,) worked out again from what they were made of."""
        score = self.chances.astype(np.float64) @ weights.astype(np.float64)
        for factor in self.factors.values():
            score = score * factor
        return score


@dataclass(frozen=True, eq=False, slots=True)
class Trace:
    """Whose timeline, at what world time (unix milliseconds), by which weights ((6,) float32, as
    KINDS), and how each part went. `level`: who ran the pipeline knows it; None: not said."""

    account_id: int
    at_ms: int
    weights_id: str
    weights: NDArray[np.float32]
    parts: tuple[Done, ...]
    served: Served
    level: Level | None = None

    def dropped(self) -> Iterator[tuple[int, str, str]]:
        """Every find that is not served, as (id, part, reason). An id that several sources found
        is here once less than it was found."""
        for part in self.parts:
            for drop in part.dropped:
                for id_ in drop.ids.tolist():
                    yield id_, part.name, drop.reason

    def problems(self) -> list[str]:
        """What does not reconcile, a sentence each; none when all is well.

        A part that fails has left its candidates as they were, so it reconciles too.
        """
        found = [problem for part in self.parts for problem in _within(part)]
        found += _between(self.parts)
        last = self.parts[-1].count_out if self.parts else len(self.served.ids)
        if last != len(self.served.ids):
            found.append(f"{len(self.served.ids)} are served and the last part left {last}")
        if len(np.unique(self.served.ids)) < len(self.served.ids):
            found.append("an entry is served twice")
        return found + _unlike(self.served, self.weights)

    def to_json(self) -> Json:
        """For a JSON column or answer: ids as strings, as JavaScript's numbers end at 2^53; factors
        as pairs, as an object's order is not kept everywhere."""
        return {
            "account_id": self.account_id,
            "at_ms": self.at_ms,
            "level": self.level,
            "weights": {"id": self.weights_id, "by_kind": _pairs(self.weights)},
            "parts": [_part_to_json(part) for part in self.parts],
            "served": _served_to_json(self.served),
        }

    @classmethod
    def from_json(cls, value: Json) -> "Trace":
        """What `to_json` wrote, exactly."""
        return cls(
            account_id=value["account_id"],
            at_ms=value["at_ms"],
            level=value["level"],
            weights_id=value["weights"]["id"],
            weights=_float32([weight for _, weight in value["weights"]["by_kind"]]),
            parts=tuple(_part_from_json(part) for part in value["parts"]),
            served=_served_from_json(value["served"]),
        )


def _within(part: Done) -> Iterator[str]:
    drops, finds = sum(part.drops().values()), sum(find.count for find in part.finds)
    if part.count_out != part.count_in + finds - drops:
        yield (
            f"{part.name}: {part.count_in} came in, {finds} were found, {drops} were dropped, "
            f"and {part.count_out} came out"
        )


def _between(parts: tuple[Done, ...]) -> list[str]:
    return [
        f"{after.name}: {after.count_in} came in and {before.name} left {before.count_out}"
        for before, after in pairwise(parts)
        if after.count_in != before.count_out
    ]


def _unlike(served: Served, weights: NDArray[np.float32]) -> list[str]:
    product = served.product(weights)
    is_bad = ~np.isclose(served.score, product, rtol=TOLERANCE, atol=1e-9)
    return [
        f"{served.ids[row]}: its score is {served.score[row]} and its factors make {product[row]}"
        for row in np.flatnonzero(is_bad)
    ]


def _part_to_json(part: Done) -> Json:
    return {
        "name": part.name,
        "in": part.count_in,
        "out": part.count_out,
        "ms": part.ms,
        "error": part.error,
        "notes": dict(part.notes),
        "finds": [
            {"source": find.source, "count": find.count, "ms": find.ms, "error": find.error}
            for find in part.finds
        ],
        "dropped": [{"reason": drop.reason, "ids": _strings(drop.ids)} for drop in part.dropped],
    }


def _part_from_json(value: Json) -> Done:
    return Done(
        name=value["name"],
        count_in=value["in"],
        count_out=value["out"],
        ms=value["ms"],
        error=value["error"],
        notes=value["notes"],
        finds=tuple(Find(**find) for find in value["finds"]),
        dropped=tuple(Dropped(_ids(drop["ids"]), drop["reason"]) for drop in value["dropped"]),
    )


def _served_to_json(served: Served) -> Json:
    return {
        "ids": _strings(served.ids),
        "shown": _strings(served.shown),
        "in_network": served.in_network.tolist(),
        "sources": served.sources.tolist(),
        "chances": served.chances.tolist(),
        "factors": [[name, factor.tolist()] for name, factor in served.factors.items()],
        "score": served.score.tolist(),
    }


def _served_from_json(value: Json) -> Served:
    return Served(
        ids=_ids(value["ids"]),
        shown=_ids(value["shown"]),
        in_network=np.array(value["in_network"], dtype=np.bool_),
        sources=np.array(value["sources"], dtype=np.uint8),
        chances=_float32(value["chances"]).reshape(-1, len(KINDS)),
        factors={name: _float32(factor) for name, factor in value["factors"]},
        score=_float32(value["score"]),
    )


def _pairs(weights: NDArray[np.float32]) -> list[list[Any]]:
    return [[kind, weight] for kind, weight in zip(KINDS, weights.tolist(), strict=True)]


def _strings(ids: Ints) -> list[str]:
    return [str(id_) for id_ in ids.tolist()]


def _ids(strings: list[str]) -> Ints:
    return np.array([int(id_) for id_ in strings], dtype=np.int64)


def _float32(values: list[Any]) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)
