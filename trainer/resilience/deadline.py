"""A request's budget of time."""

import time
from collections.abc import Callable


class Deadline:
    """`budget_s` seconds from now, by `clock` (seconds, never set back)."""

    __slots__ = ("_clock", "_ends_at", "budget_s")

    def __init__(self, budget_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.budget_s = budget_s
        self._clock = clock
        self._ends_at = clock() + budget_s

    @property
    def remaining_s(self) -> float:
        """0 when it is over, never less."""
        return max(0.0, self._ends_at - self._clock())
