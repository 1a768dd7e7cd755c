"""An interview on its own clock, second by second: what the room held at any of them. Pure.

Second 0 is the start; what came before it is shown there. The replay ends with the finish, late
messages included.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from trainer.interviews import events as ev
from trainer.interviews.report.answers import asks
from trainer.interviews.report.times import second as second_of
from trainer.interviews.state import Line, State, apply, fold

MarkKind = Literal["phase", "question"]


@dataclass(frozen=True, slots=True)
class Step:
    """An event, and the second of the interview in which it happened: it shows from its start."""

    second: int
    event: ev.Event


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to jump to; `at` is its place on the scrubber in percent."""

    kind: MarkKind
    second: int
    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """The room at `second`; `previous` and `next` are the seconds of the events around it."""

    second: int
    end: int
    state: State
    previous: int | None
    next: int | None


_SHOWN = (ev.Said, ev.Replied, ev.PhaseMoved, ev.Paused, ev.Resumed, ev.Started, ev.Finished)


def steps(log: Iterable[ev.Event]) -> tuple[Step, ...]:
    """The log up to the finish, each event with the second from which it shows."""
    state, found = State(), []
    for event in log:
        found.append(Step(second_of(state.elapsed_s(event.at)), event))
        if isinstance(event.body, ev.Finished):
            break
        state = apply(state, event)
    return tuple(found)


def moment(all_steps: Sequence[Step], second: int) -> Moment:
    """The room at a second; one before the start or after the end is moved to it."""
    end = all_steps[-1].second if all_steps else 0
    at = min(max(second, 0), end)
    stops = {step.second for step in all_steps if isinstance(step.event.body, _SHOWN)}
    return Moment(
        second=at,
        end=end,
        state=fold(step.event for step in all_steps if step.second <= at),
        previous=max((stop for stop in stops if stop < at), default=None),
        next=min((stop for stop in stops if stop > at), default=None),
    )


def _leads(line: Line) -> bool:
    """Whether the interviewer leads with this line, and does not only reply."""
    return asks(line) or line.name.startswith("nudge:")


def marks(all_steps: Sequence[Step]) -> tuple[Mark, ...]:
    """The phases that were entered and the interviewer's questions, in order."""
    end = max(all_steps[-1].second, 1) if all_steps else 1
    state, found = State(), []
    for step in all_steps:
        before, state = state, apply(state, step.event)
        place = step.second, round(step.second / end * 100, 2)
        if isinstance(step.event.body, ev.Started) or (
            isinstance(step.event.body, ev.PhaseMoved) and state.phase != before.phase
        ):
            found.append(Mark("phase", *place, state.plan.phases[state.phase].name))
        elif isinstance(step.event.body, ev.Replied) and _leads(state.lines[-1]):
            found.append(Mark("question", *place, step.event.body.text))
    return tuple(found)
