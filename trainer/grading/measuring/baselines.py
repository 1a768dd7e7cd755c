"""Plain similarity as a grader: the best sentence against the point's text, and one threshold.

The threshold is the best there is for the very set that is measured, which flatters it.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from trainer.grading import vectors
from trainer.grading.measuring.figures import Judgement, counts
from trainer.grading.measuring.sets import Case
from trainer.grading.offline.splitting import Text, split

Scored = list[tuple[Judgement, float]]
_STEPS = 200


def best_threshold(scored: Scored) -> tuple[Judgement, ...]:
    """The judgements at the threshold with the highest F1."""
    values = sorted({score for _, score in scored})
    tried = values[:: max(1, len(values) // _STEPS)]
    found = (_judged(scored, each) for each in tried)
    return max(found, key=lambda judged: counts(judged).f1, default=())


def _judged(scored: Scored, threshold: float) -> tuple[Judgement, ...]:
    return tuple(replace(each, said=score >= threshold) for each, score in scored)


def by_vectors(case: Case, judgements: Sequence[Judgement]) -> Scored:
    """The cosine of sentence vectors."""
    sentences = _sentences(case)
    rows = vectors.embed(sentences)
    texts = {point.id: point.text for point in case.answer.points}
    points = vectors.embed([texts[each.point] for each in judgements])
    best = (rows @ points.T).max(axis=0) if sentences else np.zeros(len(judgements))
    return [(each, round(float(score), 4)) for each, score in zip(judgements, best, strict=True)]


def by_words(case: Case, judgements: Sequence[Judgement], weight: Callable[[str], float]) -> Scored:
    """The cosine of TF-IDF vectors; `weight` is a stem's inverse document frequency."""
    sentences = [_bag(split(each), weight) for each in _sentences(case)]
    texts = {point.id: _bag(split(point.text), weight) for point in case.answer.points}
    return [
        (each, round(max((_cosine(one, texts[each.point]) for one in sentences), default=0.0), 4))
        for each in judgements
    ]


def inverse_frequency(cases: Sequence[Case]) -> Callable[[str], float]:
    """Of a stem: the logarithm of how rare it is among the answers."""
    seen = Counter(stem for case in cases for stem in _stems(split(case.entry.answer)))
    return lambda stem: math.log((1 + len(cases)) / (1 + seen[stem])) + 1


def _sentences(case: Case) -> list[str]:
    raw = case.entry.answer
    return [raw[each.start : each.end] for each in split(raw).sentences]


def _stems(text: Text) -> set[str]:
    return {token.forms[0] for token in text.tokens}


def _bag(text: Text, weight: Callable[[str], float]) -> dict[str, float]:
    bag = Counter(token.forms[0] for token in text.tokens)
    return {stem: times * weight(stem) for stem, times in bag.items()}


def _cosine(one: dict[str, float], two: dict[str, float]) -> float:
    dot = sum(value * two.get(stem, 0.0) for stem, value in one.items())
    lengths = math.hypot(*one.values()) * math.hypot(*two.values())
    return dot / lengths if lengths else 0.0
