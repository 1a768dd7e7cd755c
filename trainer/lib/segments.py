"""Lengths laid side by side: what a strip of phases is drawn from. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch. `start` and `width` are percentages of the whole."""

    name: str
    minutes: float
    start: float
    width: float


def segments(lengths: Sequence[tuple[str, float]]) -> list[Segment]:
    """A strip of (name, minutes), in order, each as wide as its minutes."""
    whole = sum(minutes for _, minutes in lengths)
    strip = []
    before = 0.0
    for name, minutes in lengths:
        start, width = before / whole * 100, minutes / whole * 100
        strip.append(Segment(name, minutes, round(start, 3), round(width, 3)))
        before += minutes
    return strip
