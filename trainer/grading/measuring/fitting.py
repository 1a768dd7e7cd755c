"""Fitting the offline grader's weights to a judged set, with cross-validation by answer. Pure."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trainer.grading.measuring.figures import Judgement, counts
from trainer.grading.measuring.sets import Case, Judged, JudgedSet
from trainer.grading.offline.features import NAMES, Findings
from trainer.grading.offline.fitted import Fitted
from trainer.grading.offline.grader import decide, joined, read_answer
from trainer.grading.offline.language import why_not
from trainer.grading.offline.logistic import Model, fit
from trainer.grading.offline.rubric import CompiledRubric

PENALTY: Final = 4.0
FOLDS: Final = 10
PRECISION: Final = 0.85  # aimed at when the threshold is chosen
_THRESHOLDS: Final = tuple(round(0.12 + 0.02 * step, 2) for step in range(30))
_ALONE: Final = (0.2, 0.25, 0.3, 2.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One judged point of one answer with what the engine found of it."""

    case: Case
    point: str
    judged: Judged
    found: Findings


def rows(judged: JudgedSet, rubric: CompiledRubric) -> list[Row]:
    """Every judged point with patterns of every answer that can be graded."""
    found: list[Row] = []
    for case in judged.cases:
        if why_not(joined(case.answer)):
            continue
        seen = read_answer(case.answer, rubric).found
        found += [Row(case, p, case.entry.points[p], seen[p]) for p in seen]
    return found


def fitted_to(given: Sequence[Row]) -> Fitted:
    """The model for these rows, and the threshold with the best F1 of those that are precise
    enough, by cross-validation inside them."""
    held_out = _held_out(given, _fold)
    return _chosen(given, held_out)


def can_fit(given: Sequence[Row]) -> bool:
    """Whether there are covered points and others to learn from."""
    return len({row.judged.covered for row in given if not row.judged.borderline}) > 1


def cross_validated(given: Sequence[Row], by: Callable[[Row], str]) -> list[tuple[Row, Fitted]]:
    """Each row with the weights that were fitted without the rows of its group, where the others
    are enough to fit any."""
    found: list[tuple[Row, Fitted]] = []
    for group in sorted({by(row) for row in given}):
        others = [row for row in given if by(row) != group]
        if not can_fit(others):
            continue
        weights = fitted_to(others)
        found += [(row, weights) for row in given if by(row) == group]
    return found


def by_fold(row: Row) -> str:
    return str(_fold(row))


def by_question(row: Row) -> str:
    return row.case.entry.question


def judgement(row: Row, weights: Fitted) -> Judgement:
    said, _ = decide(row.found, weights)
    entry = row.case.entry
    return Judgement(
        entry.id, entry.question, entry.style, row.point,
        row.judged.covered, row.judged.borderline, said,
    )  # fmt: skip


def as_json(weights: Fitted) -> dict[str, Any]:
    model = weights.model
    return {
        "threshold": weights.threshold,
        "alone": weights.alone,
        "model": {
            "names": model.names,
            "means": model.means,
            "spreads": model.spreads,
            "weights": model.weights,
            "bias": model.bias,
        },
    }


def _fold(row: Row) -> int:
    digest = hashlib.sha256(row.case.entry.id.encode()).digest()
    return digest[0] % FOLDS


def _model(given: Sequence[Row]) -> Model:
    kept = [row for row in given if not row.judged.borderline]
    features = np.array([row.found.features for row in kept], dtype=np.float64)
    labels = np.array([row.judged.covered for row in kept], dtype=np.float64)
    return fit(NAMES, features, labels, PENALTY)


def _held_out(given: Sequence[Row], fold: Callable[[Row], int]) -> list[tuple[Row, Model]]:
    found: list[tuple[Row, Model]] = []
    for number in range(FOLDS):
        inside = [row for row in given if fold(row) == number]
        others = [row for row in given if fold(row) != number]
        if inside and can_fit(others):
            model = _model(others)
            found += [(row, model) for row in inside]
    return found


def _chosen(given: Sequence[Row], held_out: Sequence[tuple[Row, Model]]) -> Fitted:
    model = _model(given)

    def figures(threshold: float, alone: float) -> tuple[bool, float]:
        judged = [judgement(row, Fitted(one, threshold, alone, "")) for row, one in held_out]
        found = counts(judged)
        return found.precision >= PRECISION, round(
            found.f1 if found.precision >= PRECISION else found.precision, 4
        )

    pairs = [(threshold, alone) for alone in _ALONE for threshold in _THRESHOLDS]
    threshold, alone = max(pairs, key=lambda pair: figures(*pair))
    return Fitted(model, threshold, alone, "")
