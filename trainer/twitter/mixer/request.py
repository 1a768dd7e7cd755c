"""One request for a home timeline."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from trainer.twitter.mixer.cursors import Reading
from trainer.twitter.mixer.guarding import Guarded
from trainer.twitter.mixer.reaching import Reach
from trainer.twitter.mixer.types import Query, Sizes
from trainer.twitter.world.value import World


@dataclass(frozen=True, eq=False, slots=True)
class Request:
    """`limit`: entries of a page. `now`: real time. `sizes`: already cut by `quality`."""

    world: World
    reading: Reading
    limit: int
    now: datetime
    sizes: Sizes
    quality: float
    guard: Guarded
    reach: Reach

    @property
    def account_id(self) -> int:
        return self.reading.account_id

    @property
    def now_ms(self) -> int:
        return int(self.now.timestamp() * 1000)

    @property
    def query(self) -> Query:
        """Bare, as of now."""
        at_ms = int(self.world.now(self.now).timestamp() * 1000)
        nobody = np.empty(0, np.int64)
        return Query(self.account_id, at_ms, self.reading.weights, nobody, self.sizes)
