"""Fitting the rankers: minibatches and Adam, in numpy. Pure; the same seed, the same weights.

A logistic regression is a network without hidden layers, so both rankers are fitted by one code.
What is minimised is the weighted cross-entropy of the six chances. Each example weighs as many
candidates as it stands for: sampled negatives then need no correction of the intercepts, and what
comes out is the chance of a candidate, not of an example. (Lowering the intercepts by the log of
the sampling rate would be exact for one kind of engagement only: of six, an example that is a
negative of one may be a positive of another and is then never left out.)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from trainer.twitter.mixer.rankers.layer import Layer, Matrix, chances_of
from trainer.twitter.mixer.training.examples import Examples
from trainer.twitter.world.population import Ints

LEAST_BATCH, MOST_BATCH = 64, 2_048
STEPS = 200  # of an epoch, as far as the batches may shrink for it
RATE = 2e-3  # Adam's; it falls to nothing along half a cosine
WARM = 0.05  # the share of the steps in which the rate rises
MEAN_DECAY, SQUARE_DECAY, TINY = 0.9, 0.999, 1e-8
LEAST_DEVIATION = 1e-3  # a feature that hardly varies is not blown up

Watch = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Fitted:
    """`layers` take features as they are: the standardisation is in the first one's weights.
    `losses`: of each epoch, on the validation examples, in nats a candidate, summed over kinds."""

    layers: tuple[Layer, ...]
    losses: tuple[float, ...]


def fit(
    learned: Examples,
    validation: Examples,
    hidden: Sequence[int],
    *,
    epochs: int,
    seed: int,
    rate: float = RATE,
    watch: Watch = lambda _: None,
) -> Fitted:
    """The layers as of the epoch that was best on the validation examples: what is learned after it
    is the learned examples' own. All epochs are done, as the rate falls with them."""
    rng = np.random.default_rng(seed)
    scale = Scale.of(learned.features)
    rows, held = scale.applied(learned.features), scale.applied(validation.features)
    layers = _begun(rows.shape[1], hidden, learned, rng)
    descent = _Adam(layers, rate, steps=epochs * len(_batches(len(rows), rng)))
    best, losses = layers, list[float]()
    for epoch in range(epochs):
        for chosen in _batches(len(rows), rng):
            weights = learned.weights[chosen] / learned.weights.mean()
            layers = descent.step(gradients(layers, rows[chosen], learned.labels[chosen], weights))
        losses.append(loss(layers, held, validation.labels, validation.weights))
        if losses[-1] <= min(losses):
            best = layers
        watch((epoch + 1) / epochs)
    return Fitted((scale.folded(best[0]), *best[1:]), tuple(losses))


@dataclass(frozen=True, eq=False, slots=True)
class Scale:
    """Of k features: (k,) float32."""

    mean: Matrix
    deviation: Matrix

    @classmethod
    def of(cls, rows: Matrix) -> "Scale":
        mean = rows.mean(axis=0, dtype=np.float64)
        deviation = np.maximum(rows.std(axis=0, dtype=np.float64), LEAST_DEVIATION)
        return cls(mean.astype(np.float32), deviation.astype(np.float32))

    def applied(self, rows: Matrix) -> Matrix:
        scaled: Matrix = (rows - self.mean) / self.deviation
        return scaled

    def folded(self, layer: Layer) -> Layer:
        """The layer that gives for features what `layer` gives for scaled ones."""
        weights = (layer.weights / self.deviation[:, None]).astype(np.float32)
        return Layer(weights, (layer.bias - self.mean @ weights).astype(np.float32))


def gradients(
    layers: Sequence[Layer], rows: Matrix, labels: Matrix, weights: Matrix
) -> tuple[Layer, ...]:
    """Of the mean weighted loss of n examples, with respect to each layer; `weights` (n,)."""
    inputs = _inputs(layers, rows)
    error = chances_of(layers[-1].of(inputs[-1]))
    error -= labels
    error *= weights[:, None] / np.float32(len(rows))
    found = list[Layer]()
    for layer, given in zip(reversed(layers), reversed(inputs), strict=True):
        found.append(Layer(given.T @ error, error.sum(axis=0)))
        if given is not rows:
            error = (error @ layer.weights.T) * (given > 0)
    return tuple(reversed(found))


def loss(layers: Sequence[Layer], rows: Matrix, labels: Matrix, weights: Matrix) -> float:
    """Nats a candidate, summed over the kinds: a weighted mean."""
    logits = layers[-1].of(_inputs(layers, rows)[-1]).astype(np.float64)
    surprise = np.logaddexp(0, logits) - labels * logits
    return float(weights @ surprise.sum(axis=1) / weights.sum(dtype=np.float64))


def _inputs(layers: Sequence[Layer], rows: Matrix) -> list[Matrix]:
    """What each layer is given."""
    inputs = [rows]
    for layer in layers[:-1]:
        inputs.append(np.maximum(layer.of(inputs[-1]), 0))
    return inputs


def _begun(
    width: int, hidden: Sequence[int], learned: Examples, rng: np.random.Generator
) -> tuple[Layer, ...]:
    """Random weights (He et al. 2015), and heads that begin with the usual chances."""
    sizes = (width, *hidden)
    body = [
        Layer(
            (rng.standard_normal((k, j)) * np.sqrt(2 / k)).astype(np.float32),
            np.zeros(j, dtype=np.float32),
        )
        for k, j in pairwise(sizes)
    ]
    usual = (learned.weights @ learned.labels + 0.5) / (learned.weights.sum() + 1)
    heads = np.zeros((sizes[-1], learned.labels.shape[1]), dtype=np.float32)
    return (*body, Layer(heads, np.log(usual / (1 - usual)).astype(np.float32)))


def _batches(count: int, rng: np.random.Generator) -> list[Ints]:
    """The rows of an epoch, in a new order."""
    size = min(max(count // STEPS, LEAST_BATCH), MOST_BATCH)
    return np.array_split(rng.permutation(count), max(1, count // size))


class _Adam:
    """Adam (Kingma, Ba 2015) over layers."""

    def __init__(self, layers: Sequence[Layer], rate: float, steps: int) -> None:
        self.layers = tuple(layers)
        self.rate, self.steps, self.done = rate, steps, 0
        self.means = [np.zeros_like(part) for part in _parts(layers)]
        self.squares = [np.zeros_like(part) for part in _parts(layers)]

    def step(self, slopes: Sequence[Layer]) -> tuple[Layer, ...]:
        """The layers after a step down these slopes."""
        self.done += 1
        rate = self.rate * min(1.0, self.done / (WARM * self.steps))
        rate *= 0.5 * (1 + np.cos(np.pi * min(1.0, self.done / self.steps)))
        rate *= np.sqrt(1 - SQUARE_DECAY**self.done) / (1 - MEAN_DECAY**self.done)
        moved = list[Matrix]()
        parts = zip(_parts(self.layers), _parts(slopes), self.means, self.squares, strict=True)
        for part, slope, mean, square in parts:
            mean += (1 - MEAN_DECAY) * (slope - mean)
            square += (1 - SQUARE_DECAY) * (slope * slope - square)
            down = mean / (np.sqrt(square) + TINY)
            moved.append((part - np.float32(rate) * down).astype(np.float32))
        self.layers = tuple(Layer(*pair) for pair in zip(moved[::2], moved[1::2], strict=True))
        return self.layers


def _parts(layers: Sequence[Layer]) -> list[Matrix]:
    return [part for layer in layers for part in (layer.weights, layer.bias)]
