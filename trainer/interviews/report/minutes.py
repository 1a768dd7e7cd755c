"""Planned against actual time by phase, laid out for the chart and its table. Pure."""

from dataclasses import dataclass

from trainer.interviews.report.times import minutes
from trainer.interviews.state import State


@dataclass(frozen=True, slots=True)
class PhaseMinutes:
    """Seconds of a phase: `planned_s` is None in an untimed interview.

    `within`, `over` and `planned` are the bars' widths in percent of the longest bar; `over` is
    what runs past the plan, and starts where `within` ends.
    """

    name: str
    planned_s: float | None
    spent_s: float
    within: float
    over: float
    planned: float

    @property
    def over_s(self) -> float:
        """Seconds over the plan; below zero: under it."""
        return self.spent_s - self.planned_s if self.planned_s is not None else 0.0

    @property
    def sentence(self) -> str:
        spent = f"{self.name}: {minutes(self.spent_s)} min"
        return f"{spent} of {minutes(self.planned_s)}" if self.planned_s is not None else spent


def phase_minutes(state: State) -> tuple[PhaseMinutes, ...]:
    """The phases of a finished interview in order. They add up to the time used."""
    at = state.last_at
    if at is None or not state.plan.phases:
        return ()
    spent = state.phase_seconds(at)
    plans = [None if state.plan.untimed else phase.seconds for phase in state.plan.phases]
    longest = max(*spent, *(planned or 0.0 for planned in plans), 1.0)
    return tuple(
        _row(phase.name, planned, spent_s, 100 / longest)
        for phase, planned, spent_s in zip(state.plan.phases, plans, spent, strict=True)
    )


def _row(name: str, planned_s: float | None, spent_s: float, scale: float) -> PhaseMinutes:
    within_s = spent_s if planned_s is None else min(spent_s, planned_s)
    return PhaseMinutes(
        name,
        planned_s,
        spent_s,
        within=round(within_s * scale, 2),
        over=round((spent_s - within_s) * scale, 2),
        planned=round((planned_s or 0.0) * scale, 2),
    )
