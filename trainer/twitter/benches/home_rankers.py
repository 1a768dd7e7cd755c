"""The rankers of `bench home` alone: light ranking of 1,500 and heavy ranking of 500 against
the bare matrix products of their networks, which are the limit. Features are timed apart."""

import statistics
import time
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from trainer.lib.benchmark import Spread, interleaved
from trainer.twitter.mixer import features
from trainer.twitter.mixer.facts import reader_facts, tweet_facts
from trainer.twitter.mixer.known import of
from trainer.twitter.mixer.rankers.heavy import Heavy
from trainer.twitter.mixer.rankers.layer import Layer, Matrix
from trainer.twitter.mixer.sight import Sight
from trainer.twitter.mixer.types import Candidates, Query, Sizes

CALLS = 300  # of each, a round; the middle one counts
SIZES = Sizes()


def measured(
    sight: Sight, query: Query, candidates: Candidates, rounds: int
) -> Mapping[str, Spread]:
    """Microseconds of each, for a reader's hydrated query and candidates."""
    many, some = _of_size(candidates, SIZES.fetched), _of_size(candidates, SIZES.ranked)
    rankers = of(sight.known.rankers)

    def light_features() -> Matrix:
        facts = tweet_facts(sight.present, query, many)
        return features.light(many, facts, rankers.rates, query.at_ms)

    def heavy_features() -> Matrix:
        facts = tweet_facts(sight.present, query, some)
        known = reader_facts(sight.moved, query, some)
        return features.heavy(some, facts, known, rankers.rates, query.at_ms)

    light, heavy = light_features(), heavy_features()
    cases: dict[str, Callable[[], object]] = {
        "light": partial(rankers.light.chances, light),
        "light_matmul": _products(light, [rankers.light.heads]),
        "light_features": light_features,
        "heavy": partial(rankers.heavy.chances, heavy),
        "heavy_matmul": _products(heavy, _layers(rankers.heavy)),
        "heavy_features": heavy_features,
    }
    return interleaved({name: partial(_us, case) for name, case in cases.items()}, rounds)


def _of_size(candidates: Candidates, size: int) -> Candidates:
    """So many of them, the first ones again where there are fewer."""
    return candidates.take(np.arange(size) % len(candidates))


def _layers(heavy: Heavy) -> list[Layer]:
    return [heavy.first, heavy.second, heavy.heads]


def _products(rows: Matrix, layers: list[Layer]) -> Callable[[], object]:
    """The products alone, into arrays that are there already; each layer has inputs of its own, as
    what comes out of the one before does not matter."""
    inputs = [rows, *(np.ones((len(rows), len(layer.weights)), np.float32) for layer in layers[1:])]
    outs = [np.empty((len(rows), layer.weights.shape[1]), np.float32) for layer in layers]

    def multiply() -> None:
        for given, layer, out in zip(inputs, layers, outs, strict=True):
            np.matmul(given, layer.weights, out=out)

    return multiply


def _us(call: Callable[[], object]) -> float:
    taken = []
    for _ in range(CALLS):
        started = time.perf_counter()
        call()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1e6
