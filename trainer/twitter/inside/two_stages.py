"""One stage of ranking or two: what each costs and how well it ranks, on a base's past requests."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

import numpy as np

from trainer.lib.benchmark import Spread, spread
from trainer.twitter.columns.delta import Delta
from trainer.twitter.columns.present import Present
from trainer.twitter.discovery.moved import Moved
from trainer.twitter.mixer.features import LIGHT
from trainer.twitter.mixer.known import of
from trainer.twitter.mixer.machine import of_this_process
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.mixer.rankers.model import Rankers
from trainer.twitter.mixer.rankers.scoring import heavy_chances, light_chances
from trainer.twitter.mixer.training.evaluation import Worth, best_first, ndcg
from trainer.twitter.mixer.training.replayed import Replayed, replayed
from trainer.twitter.mixer.types import Candidates, Query, Weights
from trainer.twitter.world.population import Floats, Ints
from trainer.twitter.world.value import World

__all__ = [
    "PartCosts",
    "RankingStages",
    "StageCost",
    "StageQuality",
    "ranking_stages",
]

TOP: Final = 20  # of the ranked list
MS: Final = 1_000.0
Way = TypeVar("Way")


@dataclass(frozen=True, slots=True)
class StageCost:
    """Of one request, the mean over the requests; spread over the rounds. `cpu_ms`: of the thread
    that ranks, and there is no other."""

    ms: Spread
    cpu_ms: Spread


@dataclass(frozen=True, slots=True)
class PartCosts:
    """Of all candidates: the light ranker with its features, and the networks without any."""

    light: StageCost
    light_network: StageCost
    heavy_network: StageCost


@dataclass(frozen=True, slots=True)
class StageQuality:
    """Means over requests: NDCG at 20 by later engagements (0 to 1), and the share (0 to 1) of one
    stage's first 20 that is among these first 20."""

    ndcg: float
    overlap: float


@dataclass(frozen=True, eq=False, slots=True)
class _Asked:
    """One request: as it can be timed now, and as it was then (features, labels)."""

    query: Query
    found: Candidates
    ids: Ints
    heavy: Matrix
    gains: Floats


@dataclass(frozen=True, eq=False, slots=True)
class RankingStages:
    """Requests of the past, and the rankers. In what follows `cut` is how many candidates the light
    ranker leaves to the heavy one; None: there is no light ranker, and the heavy one ranks all."""

    requests: tuple[_Asked, ...]
    candidates: float  # of a request, the mean
    worth: Worth
    _rankers: Rankers
    _moved: Moved

    def quality(self, cut: int | None) -> StageQuality:
        """By what was known when each request was made."""
        found = [self._quality(asked, cut) for asked in self.requests]
        means = np.mean(found, axis=0)
        return StageQuality(float(means[0]), float(means[1]))

    def light_ndcg(self) -> float:
        """Of the light ranker's own order."""
        orders = (best_first(self._light_scores(asked), asked.ids) for asked in self.requests)
        found = [ndcg(a.gains[order]) for a, order in zip(self.requests, orders, strict=True)]
        return float(np.mean(found))

    def costs(
        self, cuts: Sequence[int | None], rounds: int, check: Callable[[], None]
    ) -> tuple[Mapping[int | None, StageCost], PartCosts]:
        """Features, networks and sorting, as the pipeline runs them, on the same candidates as they
        stand now; and the parts of it. The ways take turns; `check` is called between."""
        ways: dict[int | str | None, Callable[[], None]] = {
            "light": self._light_all,
            "light_network": self._light_networks,
            "heavy_network": self._heavy_networks,
        }
        ways |= {cut: partial(self._rank_all, cut) for cut in cuts}
        found = _in_turn(ways, rounds, len(self.requests), check)
        parts = (found[name] for name in ("light", "light_network", "heavy_network"))
        return {cut: found[cut] for cut in cuts}, PartCosts(*parts)

    def _quality(self, asked: _Asked, cut: int | None) -> tuple[float, float]:
        one = best_first(self._heavy_scores(asked), asked.ids)
        if cut is None:
            return ndcg(asked.gains[one]), 1.0
        kept = np.sort(best_first(self._light_scores(asked), asked.ids)[:cut])
        order = one[np.isin(one, kept)]  # the heavy ranker gives each the same score as before
        left = np.setdiff1d(one, kept)  # what was cut is below the list
        two = np.concatenate([order, left])
        return ndcg(asked.gains[two]), float(np.isin(one[:TOP], order[:TOP]).mean())

    def _heavy_scores(self, asked: _Asked) -> Floats:
        return self.worth.scores(self._rankers.heavy.chances(asked.heavy))

    def _light_scores(self, asked: _Asked) -> Floats:
        return self.worth.scores(self._rankers.light.chances(asked.heavy[:, : len(LIGHT)]))

    def _rank_all(self, cut: int | None) -> None:
        for asked in self.requests:
            found = asked.found
            if cut is not None:
                scores = self._light(asked)
                if cut < len(scores):
                    found = found.take(np.argpartition(-scores, cut)[:cut])
            chances = heavy_chances(self._rankers, self._moved, asked.query, found)
            best_first(self.worth.scores(chances), found.id)

    def _light_networks(self) -> None:
        for asked in self.requests:
            self._light_scores(asked)

    def _heavy_networks(self) -> None:
        for asked in self.requests:
            self._heavy_scores(asked)

    def _light_all(self) -> None:
        for asked in self.requests:
            self._light(asked)

    def _light(self, asked: _Asked) -> Floats:
        chances = light_chances(self._rankers, self._moved.present, asked.query, asked.found)
        return self.worth.scores(chances)


def ranking_stages(world: World, weights: Weights, requests: int) -> RankingStages:
    """At most so many requests of the base, each of another reader; none where nobody did anything
    afterwards.

    Raises PartFailed where the artefacts are missing, ArtefactMissing where the past requests are.
    """
    known = of_this_process().shelf.known(world)
    snapshot, following = of(known.snapshot), of(known.graph).following
    moved = Moved(of(known.vectors), Present(snapshot, Delta()))

    past = replayed(world)
    count = min(requests, len(past.reader))
    worth = Worth(weights.id, weights)
    asked = []
    for number in range(count):
        reader = int(past.reader[number])
        follows = following.of(reader - 1).astype(np.int64) + 1
        query = Query(reader, snapshot.at_ms, weights, follows)
        asked.append(_asked(past, past.part(number), moved.present, query, worth))
    mean = float(np.mean([len(each.ids) for each in asked])) if asked else 0.0
    return RankingStages(tuple(asked), mean, worth, of(known.rankers), moved)


def _asked(past: Replayed, part: slice, present: Present, query: Query, worth: Worth) -> _Asked:
    found = present.candidates(
        past.id[part],
        query.following,
        sources=past.sources[part],
        walk_score=past.walk_score[part],
        similarity=past.similarity[part],
        proofs=past.proofs[part],
    ).candidates
    gains = worth.gains(past.labels[part].astype(np.float32))
    return _Asked(query, found, past.id[part], past.heavy[part], gains)


def _in_turn(
    ways: Mapping[Way, Callable[[], None]], rounds: int, requests: int, check: Callable[[], None]
) -> dict[Way, StageCost]:
    names = list(ways)
    wall: dict[Way, list[float]] = {name: [] for name in names}
    cpu: dict[Way, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            check()
            began, began_cpu = time.perf_counter(), time.thread_time()
            ways[name]()
            cpu[name].append((time.thread_time() - began_cpu) * MS / requests)
            wall[name].append((time.perf_counter() - began) * MS / requests)
    return {name: StageCost(spread(wall[name]), spread(cpu[name])) for name in names}
