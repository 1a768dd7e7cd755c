"""What a run in a sandbox may stop: its own worker and its own cache. `up` does it (see
trainer/ops/sandboxes.py), by orders that are files: they work whatever is down."""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from django.conf import settings
from redis import RedisError

from trainer.lab.errors import LabError
from trainer.lib.ids import new_id
from trainer.resilience import redis_clients
from trainer.resilience.pausing import Pause

Part = Literal["worker", "cache"]
SHORTEST_S, LONGEST_S = 0.5, 20.0
ORDERS: Final = "orders"  # the folder of a sandbox into which they are put
KEY: Final = "lab:sandboxes"  # on the broker, as long as `up` says that a sandbox runs
TOLD_EVERY_S = 5.0
KEPT_S = 15  # two of these tellings may be lost


def take_down(part: Part, for_s: float) -> None:
    """Have a part of this run's own sandbox killed (-9) within a moment, and started again after
    `for_s` seconds: `worker`, which does the outbox's work, or `cache`, its Redis.

    Raises LabError outside of a sandbox, and for a time that is too short or too long.
    """
    if not settings.SANDBOX:
        raise LabError("This run is in no sandbox, so nothing can be stopped for it.")
    if not SHORTEST_S <= for_s <= LONGEST_S:
        raise LabError(f"{for_s:g} s is no time to be down: give {SHORTEST_S:g} to {LONGEST_S:g}.")
    order(settings.SANDBOX_DIR, part, for_s)


def order(folder: Path, part: Part, for_s: float) -> None:
    """Put an order into the sandbox in `folder`: whole, or not at all."""
    orders = folder / ORDERS
    orders.mkdir(parents=True, exist_ok=True)
    draft = orders / f"{new_id()}.draft"
    draft.write_text(json.dumps({"part": part, "for_s": for_s}))
    draft.rename(draft.with_suffix(".json"))


def say_they_run() -> None:
    """Tell the pages that there is a sandbox, for the next KEPT_S."""
    redis_clients.broker().set(KEY, "1", ex=KEPT_S)


def available() -> bool:
    """Whether a sandbox runs; False where none does, or the broker is away."""
    pause = _pause()
    if not pause.may_try():
        return False
    try:
        found = bool(redis_clients.broker().exists(KEY))
    except (RedisError, OSError):
        pause.failed()
        return False
    pause.answered()
    return found


@lru_cache(maxsize=1)
def _pause() -> Pause:
    return Pause()


os.register_at_fork(after_in_child=_pause.cache_clear)  # a lock might be held
