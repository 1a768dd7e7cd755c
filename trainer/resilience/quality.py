"""The quality factor: how much of the full work a request does, by how the last ones went.

It falls nineteen times as fast as it rises, so it settles where one request in twenty is late.
Source: the quality factor of the product mixer in Twitter's published recommendation code (2023).
"""

import threading
from collections import OrderedDict
from typing import Final

UP: Final = 0.00125
DOWN: Final = 0.02375
LEAST: Final = 0.1
FULL: Final = 1.0
MOST_WORLDS: Final = 1_000  # the one not noted for longest starts anew


def after(factor: float, took_s: float, target_s: float) -> float:
    """The factor (0.1 to 1) after a request that took so long; at its target it was in time."""
    changed = factor - DOWN if took_s > target_s else factor + UP
    return min(FULL, max(LEAST, changed))


class Quality:
    """The factors of this process, by world. Threads may share it."""

    def __init__(self, target_s: float, most: int = MOST_WORLDS) -> None:
        self.target_s = target_s
        self._most = most
        self._lock = threading.Lock()
        self._factors: OrderedDict[int, float] = OrderedDict()

    def factor(self, world_id: int) -> float:
        """0.1 to 1; 1 for a world without requests so far."""
        with self._lock:
            return self._factors.get(world_id, FULL)

    def note(self, world_id: int, took_s: float) -> float:
        """A request of this world took so long. The factor of the next one."""
        with self._lock:
            factor = after(self._factors.get(world_id, FULL), took_s, self.target_s)
            self._factors[world_id] = factor
            self._factors.move_to_end(world_id)
            while len(self._factors) > self._most:
                self._factors.popitem(last=False)
            return factor
