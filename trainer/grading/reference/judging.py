"""How well a scorer tells right answers from wrong ones, and the fit of ours. Pure."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trainer.grading import vectors
from trainer.grading.offline.logistic import Floats, Model, fit
from trainer.grading.reference.features import NAMES, asked, features
from trainer.grading.reference.semeval import Graded

Sides = NDArray[np.bool_]

PENALTY: Final = 3.0
FOLDS: Final = 10


def rows_of(items: Sequence[Graded]) -> Floats:
    """The features of every answer: (n, features)."""
    rows = vectors.embed([each.answer for each in items])
    return np.array(
        [
            features(asked(each.question, each.references), each.answer, row)
            for each, row in zip(items, rows, strict=True)
        ]
    )


def labels_of(items: Sequence[Graded]) -> Floats:
    return np.array([float(each.correct) for each in items])


def fitted(rows: Floats, labels: Floats) -> Model:
    """The model of all the answers."""
    return fit(NAMES, rows, labels, PENALTY)


def held_out(items: Sequence[Graded], group: Callable[[Graded], str], rows: Floats) -> Floats:
    """Each answer's chance (n,) by a model that was fitted without its group."""
    groups = [group(each) for each in items]
    order = {name: place for place, name in enumerate(sorted(set(groups)))}
    folds = np.array([order[name] % FOLDS for name in groups])
    labels, chances = labels_of(items), np.zeros(len(items))
    for fold in sorted(set(folds.tolist())):
        inside = folds == fold
        model = fit(NAMES, rows[~inside], labels[~inside], PENALTY)
        chances[inside] = [model.chance(row) for row in rows[inside].tolist()]
    return chances


def macro_f1(labels: Floats, said: Floats) -> float:
    """The mean of the F1 of right and of wrong answers; both arguments are of 0 and 1."""
    return float(np.mean([_f1(labels == side, said == side) for side in (0.0, 1.0)]))


def _f1(labels: Sides, said: Sides) -> float:
    both = 2 * float((labels & said).sum())
    wrong = float((labels != said).sum())
    return both / (both + wrong) if both + wrong else 0.0


def parts_of(items: Sequence[Graded]) -> dict[str, list[int]]:
    """The parts of a set, each with the places of its answers."""
    found: dict[str, list[int]] = {}
    for at, each in enumerate(items):
        found.setdefault(each.part, []).append(at)
    return dict(sorted(found.items()))


def part_f1s(items: Sequence[Graded], scores: Floats, threshold: float) -> dict[str, float]:
    """The macro-F1 of each part, where a score from `threshold` on says that an answer is right."""
    labels, said = labels_of(items), (scores >= threshold).astype(float)
    return {part: macro_f1(labels[at], said[at]) for part, at in parts_of(items).items()}


def best_threshold(items: Sequence[Graded], scores: Floats) -> float:
    """The threshold at which the mean of the parts' macro-F1 is best, to two digits."""
    low, high = float(np.quantile(scores, 0.02)), float(np.quantile(scores, 0.98))
    tried = [round(float(each), 2) for each in np.linspace(low, high, 60)]
    return max(tried, key=lambda each: sum(part_f1s(items, scores, each).values()))
