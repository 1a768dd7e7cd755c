"""`manage.py bench grading --semeval DIR`: the reference scorer beside its baselines."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from trainer.grading import vectors
from trainer.grading.offline.logistic import Floats
from trainer.grading.reference import fitted
from trainer.grading.reference.alignment import stems_of
from trainer.grading.reference.fitting import fingerprint, module, question
from trainer.grading.reference.judging import (
    best_threshold,
    held_out,
    labels_of,
    macro_f1,
    part_f1s,
    parts_of,
    rows_of,
)
from trainer.grading.reference.semeval import Graded, read_set
from trainer.lib.benchmark import CannotMeasure, Result


def measure(place: Path) -> Result:
    """Macro-F1 (two-way) of each part of the set, ours and the baselines'.

    On the very set of the fit, ours is cross-validated over questions and over modules. The
    baselines choose their threshold on the set itself, which flatters them. Raises NotASet.
    """
    items = read_set(place)
    if len({each.correct for each in items}) < 2:
        raise CannotMeasure(f"{place} has answers of one label only: nothing to tell apart.")
    ours, said = _ours(items)
    figures = {f"{name}: {part}": f1 for name, by in ours.items() for part, f1 in by.items()}
    rivals = {name: _part_f1s(items, scores) for name, scores in _baselines(items).items()}
    figures |= {f"{name}: {part}": f1 for name, by in rivals.items() for part, f1 in by.items()}
    first = next(iter(ours.values()))
    best = {part: max(by[part] for by in rivals.values()) for part in first}
    ratios = {f"ours / best baseline: {part}": first[part] / best[part] for part in first}
    return Result(ratios, figures, lines=(*_counted(items), said))


def _ours(items: Sequence[Graded]) -> tuple[dict[str, dict[str, float]], str]:
    rows, threshold = rows_of(items), fitted.threshold()
    if fingerprint(items) == fitted.stored()["set"]:
        folds = {"unseen questions": question, "unseen modules": module}
        return {
            f"ours, {name}": part_f1s(items, held_out(items, group, rows), threshold)
            for name, group in folds.items()
        }, "The model was fitted on this set: ours is cross-validated, by question and by module."
    model = fitted.model()
    chances = np.array([model.chance(row) for row in rows.tolist()])
    said = "The model was fitted on another set: nothing here was seen by it."
    return {"ours": part_f1s(items, chances, threshold)}, said


def _counted(items: Sequence[Graded]) -> Iterator[str]:
    labels = labels_of(items)
    for part, at in parts_of(items).items():
        right = labels[at]
        yield f"{part}: {len(at)} answers, {right.mean():.0%} right"


def _baselines(items: Sequence[Graded]) -> Mapping[str, Floats]:
    return {
        "always the commoner label": np.full(len(items), round(float(labels_of(items).mean()))),
        "tf-idf cosine": _tf_idf(items),
        "sentence vectors' cosine": _cosine(items),
    }


def _part_f1s(items: Sequence[Graded], scores: Floats) -> dict[str, float]:
    if len(set(scores.tolist())) > 1:
        return part_f1s(items, scores, best_threshold(items, scores))
    labels = labels_of(items)
    return {part: macro_f1(labels[at], scores[at]) for part, at in parts_of(items).items()}


def _cosine(items: Sequence[Graded]) -> Floats:
    answers = vectors.embed([each.answer for each in items])
    texts = sorted({text for each in items for text in each.references})
    rows = dict(zip(texts, vectors.embed(texts), strict=True))
    return np.array(
        [
            max(float(row @ rows[text]) for text in each.references)
            for each, row in zip(items, answers, strict=True)
        ]
    )


def _tf_idf(items: Sequence[Graded]) -> Floats:
    known = Counter(stem for each in items for stem in stems_of(each.answer))
    rare = {stem: math.log(len(items) / count) for stem, count in known.items()}
    return np.array(
        [max(_alike(each.answer, text, rare) for text in each.references) for each in items]
    )


def _alike(one: str, two: str, rare: Mapping[str, float]) -> float:
    a, b = stems_of(one), stems_of(two)
    shared, first, second = (sum(rare.get(each, 0.0) ** 2 for each in of) for of in (a & b, a, b))
    return shared / math.sqrt(first * second) if first and second else 0.0
