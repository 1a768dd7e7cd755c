"""How well a point is kept: what was covered counts less with every day. Pure.

A point counts in full on the day it is covered and half as much a half-life later; covered several
times, it keeps longer. A miss counts against it, and fades in the same way.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

HALF_LIFE_DAYS: Final = 14.0
_DAY_S: Final = 86_400.0


class Seen(NamedTuple):
    """A point that was covered, or missed, at a time."""

    at: datetime
    covered: bool


def strength(seen: Iterable[Seen], now: datetime, half_life_days: float = HALF_LIFE_DAYS) -> float:
    """From 0 (never covered, or long ago) to 1. What comes after `now` does not count."""
    weights = [
        (math.exp2((each.at - now).total_seconds() / _DAY_S / half_life_days), each.covered)
        for each in seen
        if each.at <= now
    ]
    covered = sum(weight for weight, is_covered in weights if is_covered)
    return covered / max(1.0, sum(weight for weight, _ in weights))


def mean_strength(
    points: Iterable[str],
    seen: Mapping[str, Iterable[Seen]],
    now: datetime,
    half_life_days: float = HALF_LIFE_DAYS,
) -> float:
    """Of all the points, 0 to 1; a point that was never seen counts 0. 0 for no points."""
    each = [strength(seen.get(point, ()), now, half_life_days) for point in points]
    return sum(each) / len(each) if each else 0.0
