"""Soft word alignment: how much of one text's content another text says, in its own words. Pure.

Each content word finds its nearest word of the other text: 1 for the same stem or a slip of it,
else the cosine of their vectors. Words weigh as much as their vectors are long (common words have
short ones), and words of the question weigh little: to repeat it shows nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trainer.grading import vectors
from trainer.grading.offline.spelling import distance
from trainer.grading.offline.stems import stem

Floats = NDArray[np.float64]

_WORD: Final = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_STOP: Final = frozenset(
    re.findall(
        r"\S+",
        "a an and the to of in on at by for with from as it its this that these those i you we "
        "they he she be is are am was were do does did so just also or if about into there would "
        "could should can will may might have has had because when which what how why than then "
        "them their your my our his her one",
    )
)
NEGATIONS: Final = frozenset(
    {"not", "no", "never", "none", "nothing", "without", "neither", "nor", "cannot"}
)
_DEMOTED: Final = 0.25  # the weight of a word that the question has too
_FAR, _FAR_KEPT = 0.35, 0.3  # a cosine below is mostly chance: that share of it is kept
_SLIP_FROM: Final = 5  # letters from which one slip makes the same word


@dataclass(frozen=True, slots=True)
class Content:
    """The content words of a text with their stems, weights (n,), and vectors (n, 256)."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    weights: Floats
    vectors: NDArray[np.float32]


def words(text: str) -> list[str]:
    """The words in lower case; "isn't" is "not"."""
    found = _WORD.findall(text.lower().replace("\u2019", "'"))
    return ["not" if word.endswith("n't") else word.split("'")[0] for word in found]


def content(text: str, question: frozenset[str]) -> Content:
    """The content of a text; `question` are the stems to demote."""
    chosen = tuple(word for word in words(text) if word not in _STOP | NEGATIONS)
    stems = tuple(map(stem, chosen))
    demoted = [_DEMOTED if any(same(each, other) for other in question) else 1.0 for each in stems]
    rows = [_vector(word) for word in chosen]
    return Content(
        chosen,
        stems,
        np.array([row[1] for row in rows]) * np.array(demoted),
        np.array([row[0] for row in rows], dtype=np.float32).reshape(len(rows), vectors.DIMENSIONS),
    )


def stems_of(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if word not in _STOP | NEGATIONS)


def nearness(source: Content, target: Content) -> Floats:
    """For each word of `source` how near the nearest of `target` is: (n,) of 0 to 1."""
    if not source.words or not target.words:
        return np.zeros(len(source.words))
    near = np.maximum(source.vectors @ target.vectors.T, 0).astype(np.float64).max(axis=1)
    near = np.where(near < _FAR, near * _FAR_KEPT, np.minimum(near, 1.0))
    known = frozenset(target.stems)
    exact = [any(same(each, other) for other in known) for each in source.stems]
    return np.where(exact, 1.0, near)


def share(near: Floats, weights: Floats) -> float:
    """The weighted mean of `near`; 0 where there are no words."""
    total = float(weights.sum())
    return float((near * weights).sum()) / total if total > 0 else 0.0


def same(one: str, two: str) -> bool:
    """Whether two stems are one word, or one of them a slip of the other."""
    if one == two:
        return True
    if min(len(one), len(two)) < _SLIP_FROM or one[0] != two[0]:
        return False
    return abs(len(one) - len(two)) <= 1 and distance(one, two, 1) <= 1


@lru_cache(maxsize=20_000)
def _vector(word: str) -> tuple[NDArray[np.float32], float]:
    """The vector, of length 1, and its length before that."""
    rows, lengths = vectors.measured([word])
    return rows[0], float(lengths[0])


def cosine(one: Sequence[float] | NDArray[np.float32], two: NDArray[np.float32]) -> float:
    """The cosine of two vectors of any length; 0 where one is empty."""
    lengths = float(np.linalg.norm(one) * np.linalg.norm(two))
    return float(np.dot(one, two)) / lengths if lengths > 1e-9 else 0.0
