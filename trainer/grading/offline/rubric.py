"""A pack's patterns, ready to grade with. Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trainer.catalog.grading_schema import Frame, Patterns, PointPatterns
from trainer.catalog.schema import Pack
from trainer.grading import vectors
from trainer.grading.offline.frames import CompiledFrame, compile_frame
from trainer.grading.offline.lexicon import Lexicon, lexicon

ENGINE: Final = 1  # goes up where the reading of patterns changes


@dataclass(frozen=True, slots=True)
class CompiledPoint:
    """`examples` and `near_misses`: a row of length 1 for each, (n, 256) float32."""

    id: str
    frames: tuple[CompiledFrame, ...]
    against: tuple[CompiledFrame, ...]
    examples: NDArray[np.float32]
    near_misses: NDArray[np.float32]
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class CompiledRubric:
    """`points` are those with patterns; an answer's other points cannot be graded by them.
    `version` changes with the patterns."""

    words: Lexicon
    opposites: tuple[tuple[str, ...], ...]
    points: Mapping[str, CompiledPoint]
    version: str

    def sisters(self, point_ids: Sequence[str]) -> tuple[CompiledPoint, ...]:
        """The points of the groups (t1, da, ...) that these points are of."""
        groups = {each.partition(".")[0] for each in point_ids}
        return tuple(p for p in self.points.values() if p.id.partition(".")[0] in groups)

    def concepts(self, points: Sequence[CompiledPoint]) -> frozenset[str]:
        """The concepts that these points ask for, and the opposites of those."""
        asked = {name for point in points for name in point.concepts}
        bound = {name for group in self.opposites if asked & set(group) for name in group}
        return frozenset(asked | bound)

    def has(self, point_id: str) -> bool:
        """Whether the pack has patterns for a point."""
        return point_id in self.points


class _Held:
    """A pack by its identity: packs are read once per process and do not change."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __hash__(self) -> int:
        return id(self.pack)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.pack is self.pack


def compiled(pack: Pack) -> CompiledRubric:
    """The patterns of a pack, compiled once per process. Raises TermError for a broken term."""
    return _compiled(_Held(pack))


@lru_cache(maxsize=4)
def _compiled(held: _Held) -> CompiledRubric:
    return compile_patterns(held.pack.grading)


def compile_patterns(patterns: Patterns) -> CompiledRubric:
    """Raises TermError for a term that cannot be read."""
    points = {
        point_id: _point(point_id, each) for point_id, each in sorted(patterns.points.items())
    }
    return CompiledRubric(
        lexicon(patterns.concepts, vectors.whole_words()),
        patterns.opposites,
        points,
        version(patterns),
    )


def version(patterns: Patterns) -> str:
    """Twelve letters that stand for these patterns as this engine reads them."""
    told = json.dumps([ENGINE, patterns.model_dump(mode="json")], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _point(point_id: str, patterns: PointPatterns) -> CompiledPoint:
    return CompiledPoint(
        point_id,
        tuple(map(compile_frame, patterns.frames)),
        tuple(map(compile_frame, patterns.against)),
        _vectors(patterns.examples),
        _vectors(patterns.near_misses),
        frozenset(_concepts((*patterns.frames, *patterns.against))),
    )


def _concepts(frames: Sequence[Frame]) -> Iterator[str]:
    for frame in frames:
        yield from frame.without
        for need in frame.need:
            names = (need,) if isinstance(need, str) else need
            yield from (name.removeprefix("!") for name in names)


def _vectors(wordings: Sequence[str]) -> NDArray[np.float32]:
    return vectors.embed(wordings)
