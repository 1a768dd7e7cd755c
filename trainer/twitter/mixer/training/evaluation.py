"""How well rankings put first what was engaged with later. Pure.

A ranking is judged request by request, on the candidates of a past instant, by what the reader did
with them afterwards; then averaged over each reader's requests, and over readers. A request after
which nothing was done with any candidate can be ranked neither well nor badly, and is passed over.
The intervals say how much the averages would vary with other readers: readers are drawn again, with
replacement, and what lies between the percentiles is the interval.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.mixer.training.requests import Request
from trainer.twitter.mixer.types import Weights
from trainer.twitter.world.population import Floats, Ints

NDCG_AT, RECALL_AT = 20, 200
RESAMPLES = 1_000
COVERED = 0.95

# Gives of a request's n candidates the chances (n, 6), which are then weighed, or plain scores (n,)
# that go for any weights.
Ranking = Callable[[Request], Floats]


@dataclass(frozen=True, slots=True)
class Worth:
    """What an engaged tweet is worth. `weights` None: 1, whatever was done with it."""

    id: str
    weights: Weights | None

    def gains(self, labels: Floats) -> Floats:
        """(n,) of what was done (n, 6), 1 or 0."""
        if self.weights is None:
            return np.asarray(labels.any(axis=1), dtype=np.float64)
        return np.asarray(labels @ self.weights.vector(), dtype=np.float64)

    def scores(self, ranked: Floats) -> Floats:
        """(n,) of what a ranking gives. Without weights the chance of any engagement, as if the
        kinds did not depend on one another."""
        if ranked.ndim == 1:
            return ranked
        if self.weights is None:
            return np.asarray(1 - np.prod(1 - ranked.astype(np.float64), axis=1))
        return np.asarray(ranked @ self.weights.vector())


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over readers, and between what it lies in 95 of 100 resamples."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, eq=False, slots=True)
class Judged:
    """Of one ranking and one worth: each reader's mean over their requests, (readers,)."""

    ndcg: NDArray[np.float64]
    recall: NDArray[np.float64]


def judge(
    requests: Iterable[Request], rankings: Mapping[str, Ranking], worths: Sequence[Worth]
) -> dict[tuple[str, str], Judged]:
    """By the ids of ranking and worth. Readers none of whose requests can be judged are left out,
    for each worth by itself."""
    found: dict[tuple[str, str], dict[int, list[tuple[float, float]]]] = {
        (name, worth.id): {} for name in rankings for worth in worths
    }
    for request in requests:
        for name, ranking in rankings.items() if request.labels.any() else ():
            ranked = ranking(request)
            for worth in worths:
                gains = worth.gains(request.labels)
                if gains.any():
                    order = best_first(worth.scores(ranked), request.candidates.id)
                    values = ndcg(gains[order]), recall(gains[order])
                    found[name, worth.id].setdefault(request.reader, []).append(values)
    return {key: _by_reader(values) for key, values in found.items()}


def best_first(scores: Floats, ids: Ints) -> Ints:
    """Places (n,), the highest score first; among equals the newest id."""
    return np.lexsort((-ids, -scores))


def ndcg(gains: Floats, at: int = NDCG_AT) -> float:
    """Of gains (n,) in the order of the ranking: the discounted sum of the first `at` (by 1 / log2
    of one more than the place), against that of the best order. There must be a gain."""
    discount = 1 / np.log2(np.arange(2, min(at, len(gains)) + 2))
    best = -np.sort(-gains)[: len(discount)]
    return float(gains[: len(discount)] @ discount / (best @ discount))


def recall(gains: Floats, at: int = RECALL_AT) -> float:
    """Of the candidates with a gain, the share that is among the first `at`."""
    return float(np.count_nonzero(gains[:at]) / np.count_nonzero(gains))


def interval(values: Floats, rng: np.random.Generator) -> Interval:
    """The mean of one value a reader (readers,), by a percentile bootstrap."""
    drawn = rng.integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), [(1 - COVERED) / 2, (1 + COVERED) / 2])
    return Interval(float(values.mean()), float(low), float(high))


def _by_reader(values: Mapping[int, Sequence[tuple[float, float]]]) -> Judged:
    means = [np.mean(values[reader], axis=0) for reader in sorted(values)]
    both = np.array(means, dtype=np.float64).reshape(-1, 2)
    return Judged(both[:, 0], both[:, 1])
