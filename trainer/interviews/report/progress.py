"""Progress over attempts: measured numbers alone, laid out for small charts. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

HEIGHT = 72.0  # px of a chart's plot
EDGE = 4.0  # percent left free at both sides, for the dots


@dataclass(frozen=True, slots=True)
class Attempt:
    """One interview in the list; `used_min` and `planned_min` in minutes (None: untimed)."""

    id: str
    opened_at: datetime
    format: str
    level: str
    status: str
    questions: int
    questions_of: int
    covered: int
    words: int
    used_min: float
    planned_min: float | None


@dataclass(frozen=True, slots=True)
class Dot:
    """`x` in percent, `y` in px from the top."""

    x: float
    y: float
    value: float


@dataclass(frozen=True, slots=True)
class Series:
    """One measure over the attempts, the oldest first; `top` is the value of the upper edge."""

    name: str
    top: float
    dots: tuple[Dot, ...]

    @property
    def lines(self) -> list[tuple[Dot, Dot]]:
        return list(zip(self.dots, self.dots[1:], strict=False))

    @property
    def values(self) -> str:
        return ", ".join(f"{dot.value:g}" for dot in self.dots)


def progress(attempts: Sequence[Attempt]) -> tuple[Series, ...]:
    """The charts for finished attempts, given the oldest first; none for fewer than two."""
    if len(attempts) < 2:
        return ()
    return (
        _series(
            "Essential questions asked",
            [attempt.questions for attempt in attempts],
            max(attempt.questions_of for attempt in attempts),
        ),
        _series("Points you marked as covered", [attempt.covered for attempt in attempts]),
        _series("Minutes used", [round(attempt.used_min, 1) for attempt in attempts]),
    )


def _series(name: str, values: Sequence[float], top: float = 0.0) -> Series:
    top = max(top, *values, 1.0)
    step = (100 - 2 * EDGE) / (len(values) - 1)
    dots = (
        Dot(round(EDGE + i * step, 2), round(HEIGHT * (1 - value / top), 2), value)
        for i, value in enumerate(values)
    )
    return Series(name, top, tuple(dots))
