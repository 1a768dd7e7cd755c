"""Where bars and lines stand in a small chart: x in percent, y in px from its top. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from typing import Final

HEIGHT: Final = 120.0  # px of a plot
_FILLED: Final = 0.7  # of a bar's place; the rest is the gap


@dataclass(frozen=True, slots=True)
class Bar:
    """A column of `value`, named `name`. `mark`: whether its name stands under it."""

    name: str
    value: int
    x: float
    width: float
    y: float
    height: float
    mark: bool = False

    @property
    def percent(self) -> float:
        """Of the upper edge, 0 to 100."""
        return round(100 * self.height / HEIGHT, 1)


@dataclass(frozen=True, slots=True)
class Bars:
    """`top`: the value of the upper edge; the lower one is 0."""

    top: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """`share` is 0 to 1."""

    name: str
    share: float
    x: float
    y: float

    @property
    def percent(self) -> int:
        return round(100 * self.share)


@dataclass(frozen=True, slots=True)
class Line:
    """Shares over time; a time without one leaves a gap. `wished_y`: where the wished share is.
    `bottom`: the share at the lower edge; the upper one is 1. `marks`: names under it, each with
    its x."""

    dots: tuple[Dot, ...]
    lines: tuple[tuple[Dot, Dot], ...]
    wished_y: float
    bottom: float
    marks: tuple[tuple[str, float], ...]

    @property
    def bottom_percent(self) -> int:
        return round(100 * self.bottom)


def bars(values: Sequence[tuple[str, int]], mark_every: int = 1) -> Bars:
    """A column for each (name, value); every so-many-th has its name under it."""
    top = round_up(max((value for _, value in values), default=0))
    place = 100 / max(1, len(values))
    found = []
    for n, (name, value) in enumerate(values):
        height = round(HEIGHT * value / top, 2)
        x, width = place * (n + (1 - _FILLED) / 2), place * _FILLED
        y = round(HEIGHT - height, 2)
        bar = Bar(name, value, round(x, 3), round(width, 3), y, height, n % mark_every == 0)
        found.append(bar)
    return Bars(top, tuple(found))


def line(shares: Sequence[tuple[str, float | None]], wished: float, mark_every: int = 1) -> Line:
    """A dot for each (name, share) that has a share, joined where they follow one another."""
    known = [share for _, share in shares if share is not None]
    bottom = floor(min([*known, wished, 0.5]) * 10) / 10
    step = 100 / max(1, len(shares))
    places = [(name, share, round(step * (n + 0.5), 3)) for n, (name, share) in enumerate(shares)]
    dots = [
        None if share is None else Dot(name, share, x, _y(share, bottom))
        for name, share, x in places
    ]
    lines = tuple((a, b) for a, b in pairwise(dots) if a and b)
    marks = tuple((name, x) for name, _, x in places[::mark_every])
    return Line(tuple(dot for dot in dots if dot), lines, _y(wished, bottom), bottom, marks)


def _y(share: float, bottom: float) -> float:
    return round(HEIGHT * (1 - share) / (1 - bottom), 2)


def round_up(value: int) -> int:
    """The next of 1, 2, 4, 5, 10, 20, 40, 50 and so on: a scale that is easy to halve."""
    if value <= 1:
        return 1
    power = int(10 ** floor(log10(value)))
    steps = (1, 2, 4, 5, 10)
    return next(step * power for step in steps if step * power >= ceil(value))
