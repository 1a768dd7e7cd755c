"""A layer of a network. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.errors import FeaturesDoNotFit

Matrix = NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class Layer:
    """`weights` (k, j) and `bias` (j,), float32."""

    weights: Matrix
    bias: Matrix

    def of(self, rows: Matrix) -> Matrix:
        """(n, j): a fresh array, of rows (n, k)."""
        found: Matrix = rows @ self.weights
        found += self.bias
        return found


def fitting(features: Matrix, layer: Layer) -> Matrix:
    """The features, if the layer was learned for as many. Raises FeaturesDoNotFit."""
    if features.ndim != 2 or features.shape[1] != len(layer.weights):
        raise FeaturesDoNotFit(features.shape, len(layer.weights))
    return features


def chances_of(logits: Matrix) -> Matrix:
    """1 / (1 + e^-x), in place. Not by tanh, which rounds chances below one in ten million to 0."""
    with np.errstate(over="ignore"):  # e^-x of what is as good as impossible: infinite, chance 0
        np.negative(logits, out=logits)
        np.exp(logits, out=logits)
        logits += np.float32(1)
        return np.reciprocal(logits, out=logits)
