"""The heavy ranker's own work for a reader, in pieces that can be timed one by one."""

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.lib import clock
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.mixer import features
from trainer.twitter.mixer.facts import reader_facts, tweet_facts
from trainer.twitter.mixer.known import of
from trainer.twitter.mixer.listing import io_of
from trainer.twitter.mixer.machine import of_this_process
from trainer.twitter.mixer.parts import LIGHT_RANKER, home_parts
from trainer.twitter.mixer.pipeline import run
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.mixer.rankers.model import Rankers
from trainer.twitter.mixer.reaching import Reach
from trainer.twitter.mixer.sight import Sight
from trainer.twitter.mixer.types import Candidates, Part, Query, Weights
from trainer.twitter.world.value import World


@dataclass(frozen=True, eq=False, slots=True)
class RankerWork:
    """What the reader's sources found and the filters left, ready to be ranked. Nothing of it asks
    a server; threads may share it."""

    found: Candidates
    _query: Query
    _sight: Sight
    _rankers: Rankers

    def rows(self, first: int, last: int) -> Matrix:
        """(last - first, k) float32: what the heavy ranker is told of the candidates first to
        last, which begin again where there are fewer."""
        some = self.found.take(np.arange(first, last) % len(self.found))
        return features.heavy(
            some,
            tweet_facts(self._sight.present, self._query, some),
            reader_facts(self._sight.moved, self._query, some),
            self._rankers.rates,
            self._query.at_ms,
        )

    def scores(self, rows: Matrix) -> NDArray[np.float32]:
        """(n,): the network's six chances of each row, weighed."""
        worth: NDArray[np.float32] = (
            self._rankers.heavy.chances(rows) @ self._query.weights.vector()
        )
        return worth


def ranker_work(world: World, account_id: int, weights: Weights) -> RankerWork:
    """Ask the sources for the account, once. Raises PipelineFailed, and PartFailed where the
    rankers are missing."""
    known = of_this_process().shelf.known(world)
    sight = Sight(known)
    io = io_of(world, Reach(rebuildable()), sight)
    parts = [part for part in home_parts(io) if isinstance(part, Part)]
    first = next(n for n, part in enumerate(parts) if part.name == LIGHT_RANKER)
    at_ms = int(world.now(clock.now()).timestamp() * 1000)
    bare = Query(account_id, at_ms, weights, np.empty(0, np.int64))
    ran = run(parts[:first], bare, clock=time.perf_counter)
    return RankerWork(ran.candidates, ran.query, sight, of(known.rankers))
