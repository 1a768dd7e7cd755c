"""The plan of an interview in seconds, and what its clock shows. Pure.

A phase ends at a fixed point of the whole, as in the guide's tables ("High-Level, 5-15 min"):
who moves on early keeps the minutes for the next phase, who stays on takes them from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

AMBER_S = 120.0  # the cue "two minutes left"
MINUTES = (5.0, 240.0)  # of a custom length
EXTRA = (1.0, 10.0)  # factor of extra time

Cue = Literal["none", "amber", "red"]


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    id: str
    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Phases in order. When `untimed`, their seconds are zero and nothing is ever late."""

    phases: tuple[PlannedPhase, ...]
    untimed: bool = False

    @property
    def total_s(self) -> float:
        return sum(phase.seconds for phase in self.phases)

    @property
    def ends_s(self) -> tuple[float, ...]:
        """For each phase, the second of the interview at which it should be over."""
        return tuple(accumulate(phase.seconds for phase in self.phases))


@dataclass(frozen=True, slots=True)
class ClockFace:
    """Seconds left in the phase and in all (below zero: over), and the cue to show.

    `phase_left_s` and `total_left_s` are None when the interview is untimed.
    """

    elapsed_s: float
    phase_left_s: float | None
    total_left_s: float | None
    cue: Cue


def make_plan(
    phases: Sequence[tuple[str, str, float]],
    *,
    minutes: float | None = None,
    extra: float = 1.0,
    untimed: bool = False,
) -> Plan:
    """The plan for phases of (id, name, minutes).

    `minutes` stretches the whole to a custom length in proportion, `extra` multiplies it on top.
    """
    if untimed:
        return Plan(tuple(PlannedPhase(id_, name, 0.0) for id_, name, _ in phases), untimed=True)
    usual = sum(length for _, _, length in phases)
    factor = (minutes / usual if minutes else 1.0) * extra * 60
    return Plan(tuple(PlannedPhase(id_, name, length * factor) for id_, name, length in phases))


def clock(plan: Plan, phase: int, elapsed_s: float) -> ClockFace:
    """What the clock shows `elapsed_s` seconds in, when the candidate is in phase `phase`."""
    if plan.untimed:
        return ClockFace(elapsed_s, None, None, "none")
    phase_left_s = plan.ends_s[phase] - elapsed_s
    return ClockFace(elapsed_s, phase_left_s, plan.total_s - elapsed_s, cue(phase_left_s))


def cue(left_s: float) -> Cue:
    """Amber at two minutes left, red at the end."""
    if left_s <= 0:
        return "red"
    return "amber" if left_s <= AMBER_S else "none"
