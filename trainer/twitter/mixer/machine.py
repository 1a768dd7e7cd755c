"""What the requests of one process share."""

import os
from dataclasses import dataclass, field
from functools import lru_cache

from trainer.resilience.bounded import Calls, process_threads
from trainer.resilience.breaker import Fallback, process_fallback
from trainer.resilience.pausing import Pause
from trainer.resilience.quality import Quality
from trainer.twitter.mixer.budget import TARGET_S
from trainer.twitter.mixer.known import Shelf


@dataclass(frozen=True, eq=False, slots=True)
class Machine:
    """`calls`: threads that cut what overruns. `fallback`: breakers of its own while Redis is away,
    and the memory that it is; `postgres`: that of Postgres. `shelf`: what is known of base worlds.
    `quality`: by world."""

    calls: Calls = field(default_factory=process_threads)
    fallback: Fallback = field(default_factory=process_fallback)
    quality: Quality = field(default_factory=lambda: Quality(TARGET_S))
    shelf: Shelf = field(default_factory=Shelf)
    postgres: Pause = field(default_factory=Pause)


@lru_cache(maxsize=1)
def of_this_process() -> Machine:
    return Machine()


os.register_at_fork(after_in_child=of_this_process.cache_clear)  # threads do not survive a fork
