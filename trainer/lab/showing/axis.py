"""A log axis from one power of ten to another. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trainer.lab.showing.amounts import figure

MOST_TICKS: Final = 5  # their labels stand side by side on a phone
ROOM: Final = 0.05  # of a decade, so that no mark sits on the edge
SHORT: Final = ((1e12, "T"), (1e9, "B"), (1e6, "M"))
EDGES: Final = {0.0: "start", 100.0: "end"}


@dataclass(frozen=True, slots=True)
class Tick:
    """`position` in % of the axis; `anchor`: how its text stands to it, as SVG says it."""

    position: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Axis:
    """`low` and `high` are exponents of ten, `low` < `high`."""

    low: int
    high: int
    ticks: tuple[Tick, ...]

    def at(self, value: float) -> float:
        """Where a value stands, 0 to 100 %. Zero, which no log axis has, stands at the left end."""
        if value <= 0:
            return 0.0
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(100 * min(1.0, max(0.0, share)), 2)


def log_axis(values: Sequence[float]) -> Axis:
    """The shortest axis between powers of ten that holds all values above zero."""
    above = [math.log10(value) for value in values if value > 0] or [0.0]
    low, high = math.floor(min(above) - ROOM), math.ceil(max(above) + ROOM)
    return Axis(low, high, _ticks(low, high))


def _ticks(low: int, high: int) -> tuple[Tick, ...]:
    """Every power of ten, or every n-th where they are many; both ends always."""
    step = math.ceil((high - low) / (MOST_TICKS - 1))
    inner = [each for each in range(low, high, step) if high - each >= step or each == low]
    return tuple(_tick(each, low, high) for each in [*inner, high])


def _tick(exponent: int, low: int, high: int) -> Tick:
    position = round(100 * (exponent - low) / (high - low), 2)
    return Tick(position, _short(10.0**exponent), EDGES.get(position, "middle"))


def _short(power: float) -> str:
    """ "10,000", then "100k", "1M": there is little room below an axis."""
    if power == 1e5:
        return "100k"
    for scale, letter in SHORT:
        if scale <= power < 1000 * scale:
            return f"{figure(power / scale)}{letter}"
    return figure(power)
