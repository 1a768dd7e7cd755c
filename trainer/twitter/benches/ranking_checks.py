"""What the means of `bench ranking` do not say: what the light ranker's cut leaves, and whether the
chances are as high as what came. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from trainer.twitter.columns.log import KINDS
from trainer.twitter.mixer.cuts import places, sides
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.mixer.training.evaluation import COVERED, RESAMPLES, Interval, Ranking
from trainer.twitter.mixer.training.requests import SIZES, Request
from trainer.twitter.mixer.types import Weights
from trainer.twitter.world.population import Bools, Floats

SEED = 11
LEAST_CAME = 50  # of a kind, to say what share was expected


class Checks:
    """Sums over requests, those without a later engagement among them: to leave these out would
    select by what came. `rankings` give chances (n, 6); "light" is among them."""

    def __init__(self, rankings: Mapping[str, Ranking], weights: Weights) -> None:
        self._rankings, self._weights = rankings, weights
        # By reader: what came, and what each ranking expected, of each of KINDS.
        self._came: defaultdict[int, Floats] = defaultdict(_nothing)
        self._expected = {name: defaultdict[int, Floats](_nothing) for name in rankings}
        self._requests = self._eventful = self._engaged = self._kept = 0

    def over(self, requests: Iterable[Request]) -> Iterator[Request]:
        """The same requests, each looked at as it passes."""
        for request in requests:
            chances = {name: ranking(request) for name, ranking in self._rankings.items()}
            for name, found in chances.items():
                self._expected[name][request.reader] += found.sum(axis=0, dtype=np.float64)
            engaged = request.labels.any(axis=1)
            self._came[request.reader] += request.labels.sum(axis=0, dtype=np.float64)
            self._requests += 1
            self._eventful += bool(engaged.any())
            self._engaged += int(engaged.sum())
            self._kept += int(left_by_cut(request, chances["light"], self._weights)[engaged].sum())
            yield request

    def figures(self) -> dict[str, float]:
        """`light_cut_keeps`: the share of the later engaged tweets. `..._expected_vs_came_...`: the
        chances' sum over what came, of the kinds of which enough did, with the interval of other
        readers; requests some hours apart are followed by much the same, so it is wide."""
        came = np.array([self._came[reader] for reader in sorted(self._came)]).reshape(
            -1, len(KINDS)
        )
        figures = {
            "light_cut_keeps": self._kept / max(1, self._engaged),
            "requests": float(self._requests),
            "eventful_requests": float(self._eventful),
            "engaged_an_eventful_request": self._engaged / max(1, self._eventful),
        }
        for name, by_reader in self._expected.items():
            expected = np.array([by_reader[reader] for reader in sorted(self._came)]).reshape(
                -1, len(KINDS)
            )
            for number, kind in enumerate(KINDS):
                figures[f"came_{kind}"] = float(came[:, number].sum())
                if figures[f"came_{kind}"] >= LEAST_CAME:
                    mean = share(expected[:, number], came[:, number])
                    key = f"{name}_expected_vs_came_{kind}"
                    figures |= {key: mean.mean, f"{key}_low": mean.low, f"{key}_high": mean.high}
        return figures


def share(expected: Floats, came: Floats) -> Interval:
    """Of sums over readers (n,), by a percentile bootstrap of the readers."""
    drawn = np.random.default_rng(SEED).integers(0, len(came), (RESAMPLES, len(came)))
    shares = expected[drawn].sum(axis=1) / np.maximum(came[drawn].sum(axis=1), 1)
    low, high = np.quantile(shares, [(1 - COVERED) / 2, (1 + COVERED) / 2])
    return Interval(float(expected.sum() / came.sum()), float(low), float(high))


def _nothing() -> Floats:
    return np.zeros(len(KINDS))


def left_by_cut(request: Request, chances: Matrix, weights: Weights) -> Bools:
    """(n,): whom the heavy ranker would be given, by the light one's chances (n, 6)."""
    scored = replace(request.candidates, score=chances @ weights.vector())
    room = sides(SIZES.ranked, SIZES.discovery, scored.in_network)
    return np.asarray(places(scored) < np.where(scored.in_network, *room))
