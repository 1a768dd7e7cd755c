"""A logistic model in plain numpy: fitted by Newton's method with an L2 penalty. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS: Final = 50
_CLOSE: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Model:
    """The chance is sigmoid(bias + sum of weight x (feature - mean) / spread)."""

    names: tuple[str, ...]
    means: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def chance(self, features: Sequence[float]) -> float:
        """The probability (0 to 1) for features in the order of `names`. Summed in that order, so
        that no library's way of adding can change a digit."""
        total = self.bias
        for value, mean, spread, weight in zip(
            features, self.means, self.spreads, self.weights, strict=True
        ):
            total += weight * (value - mean) / spread
        return round(float(1 / (1 + np.exp(-min(max(total, -40.0), 40.0)))), 6)


def fit(names: Sequence[str], rows: Floats, labels: Floats, penalty: float) -> Model:
    """The model for `rows` (n, features) and `labels` (n,) of 0 and 1. `penalty` pulls the weights
    of the standardised features towards 0; the bias is free."""
    means = rows.mean(axis=0)
    spreads = rows.std(axis=0)
    spreads[spreads < 1e-9] = 1.0
    design = np.column_stack([np.ones(len(rows)), (rows - means) / spreads])
    pull = np.full(design.shape[1], penalty)
    pull[0] = 0.0
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (chances - labels) + pull * weights
        curve = (design.T * (chances * (1 - chances))) @ design + np.diag(pull + 1e-9)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < _CLOSE:
            break
    return Model(
        tuple(names), _rounded(means), _rounded(spreads), _rounded(weights[1:]),
        round(float(weights[0]), 6),
    )  # fmt: skip


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)
