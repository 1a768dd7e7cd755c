"""What is measured of an answer beside its reference answers. Pure."""

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trainer.grading import vectors
from trainer.grading.reference.alignment import (
    NEGATIONS,
    Content,
    content,
    cosine,
    nearness,
    same,
    share,
    stems_of,
    words,
)

NAMES: Final = (
    "recall",  # of the reference's content, softly aligned
    "precision",  # of the answer's content
    "balance",  # harmonic mean of the two
    "same_words",  # the share of the reference's words that the answer has itself
    "heaviest",  # how near the reference's heaviest word is
    "cosine",  # of the sentence vectors
    "beyond_question",  # the same without what both share with the question
    "letters",  # cosine of their letter triples: misspellings
    "negation",  # 1 where one of them denies and the other does not
    "length",  # log of the answer's content words to the reference's
    "references",  # log of how many there are
    "pairs",  # the share of the reference's neighbouring words that the answer has too
    "nearest_recall",  # the most of all references, as the next three
    "nearest_cosine",
    "nearest_beyond",
    "nearest_letters",
    "to_question",  # cosine of the answer and the question
    "words",  # log of the answer's content words
    "new_words",  # log of those that the question does not have
    "denies",  # 1 where the answer denies something
)
_MOST: Final = ("recall", "cosine", "beyond_question", "letters")
_EXACT: Final = 0.999


@dataclass(frozen=True, slots=True)
class Reference:
    content: Content
    vector: NDArray[np.float32]
    letters: Counter[str]
    denies: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its references, read once for all answers."""

    stems: frozenset[str]
    vector: NDArray[np.float32]
    references: tuple[Reference, ...]


@lru_cache(maxsize=512)
def asked(question: str, references: tuple[str, ...]) -> Asked:
    """A question ("" where none was put) and the texts that answer it rightly."""
    stems = stems_of(question)
    rows = vectors.embed([question, *references])
    read = (_reference(text, row, stems) for text, row in zip(references, rows[1:], strict=True))
    return Asked(stems, rows[0], tuple(read))


def features(to: Asked, answer: str, vector: NDArray[np.float32]) -> list[float]:
    """The features of NAMES, in their order, against the reference that is nearest by `balance`.
    `vector`: the answer's sentence vector (256,)."""
    given = _reference(answer, vector, to.stems)
    rows = [_beside(each, given, to) for each in to.references]
    nearest = max(rows, key=lambda row: row[NAMES.index("balance")])
    most = [max(row[NAMES.index(name)] for row in rows) for name in _MOST]
    return [*nearest, *most, *_alone(given, to)]


def _beside(reference: Reference, given: Reference, to: Asked) -> list[float]:
    wanted = nearness(reference.content, given.content)
    said = nearness(given.content, reference.content)
    recall = share(wanted, reference.content.weights)
    precision = share(said, given.content.weights)
    heaviest = wanted[reference.content.weights.argmax()] if len(wanted) else 0.0
    return [
        recall,
        precision,
        2 * recall * precision / (recall + precision) if recall + precision else 0.0,
        share((wanted >= _EXACT).astype(float), reference.content.weights),
        float(heaviest),
        cosine(reference.vector, given.vector),
        cosine(_without(reference.vector, to.vector), _without(given.vector, to.vector)),
        _alike(reference.letters, given.letters),
        float(reference.denies != given.denies),
        math.log((len(given.content.words) + 1) / (len(reference.content.words) + 1)),
        math.log(len(to.references)),
        _pairs(reference.content, given.content),
    ]


def _alone(given: Reference, to: Asked) -> list[float]:
    """What an answer shows without any reference."""
    new = sum(not any(same(each, other) for other in to.stems) for each in given.content.stems)
    size = len(given.content.words)
    question = cosine(given.vector, to.vector)
    return [question, math.log(1 + size), math.log(1 + new), float(given.denies)]


def _pairs(reference: Content, given: Content) -> float:
    wanted = set(pairwise(reference.stems))
    return len(wanted & set(pairwise(given.stems))) / len(wanted) if wanted else 0.0


def _reference(text: str, vector: NDArray[np.float32], question: frozenset[str]) -> Reference:
    denies = any(word in NEGATIONS for word in words(text))
    return Reference(content(text, question), vector, _letters(text), denies)


def _without(vector: NDArray[np.float32], question: NDArray[np.float32]) -> NDArray[np.float32]:
    rest: NDArray[np.float32] = vector - question * np.float32(vector @ question)
    return rest


def _letters(text: str) -> Counter[str]:
    run = f" {' '.join(words(text))} "
    return Counter(run[at : at + 3] for at in range(len(run) - 2))


def _alike(one: Counter[str], two: Counter[str]) -> float:
    shared = sum(count * two[letters] for letters, count in one.items())
    lengths = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in two.values()))
    return shared / lengths if lengths else 0.0
