"""The state of an interview: a pure fold over its log.

Times: `at` is the server's time; `elapsed_s` is the time on the interview's own clock, which
stands before the start, while paused, and after the finish.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import reduce
from typing import Any, Literal

from trainer.interviews import events as ev
from trainer.interviews.pacing import ClockFace, Plan, PlannedPhase, clock

Status = Literal["open", "running", "paused", "finished"]
Speaker = Literal["candidate", "interviewer"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the transcript. `name` names an interviewer's line in the content."""

    seq: int
    who: Speaker
    text: str
    at: datetime
    elapsed_s: float
    phase: int
    late: bool = False
    name: str = ""
    to: int = 0
    answers: str = ""
    flags: str = ""


@dataclass(frozen=True, slots=True)
class FieldState:
    """A text that is saved as a whole. `on_time` is its last version before the deadline."""

    text: str = ""
    revision: int = 0
    on_time: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that is in no field, and not lost: it came second, or after the end."""

    seq: int
    field: str
    text: str
    why: Literal["conflict", "after the end"]


@dataclass(frozen=True, slots=True)
class Visit:
    """From `from_s` on the interview's clock the candidate was in phase `phase`."""

    phase: int
    from_s: float


@dataclass(frozen=True, slots=True)
class Redone:
    text: str
    seconds: float


@dataclass(frozen=True, slots=True)
class State:
    seq: int = 0
    last_at: datetime | None = None
    written: int = 0  # characters of text in the whole log
    pack: str = ""
    seed: int = 0
    format_id: str = ""
    level: ev.Level = "senior"
    extra: float = 1.0
    plan: Plan = field(default_factory=lambda: Plan(()))
    opened_at: datetime | None = None
    started_at: datetime | None = None
    paused_at: datetime | None = None
    paused_s: float = 0.0
    ended_s: float | None = None  # on the interview's clock, at most the deadline
    visits: tuple[Visit, ...] = ()
    moved_at: datetime | None = None
    lines: tuple[Line, ...] = ()
    fields: Mapping[str, FieldState] = field(default_factory=dict)
    kept: tuple[Kept, ...] = ()
    checks: Mapping[str, bool] = field(default_factory=dict)
    redone: Mapping[str, tuple[Redone, ...]] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        if self.started_at is None:
            return "open"
        if self.ended_s is not None:
            return "finished"
        return "paused" if self.paused_at else "running"

    @property
    def phase(self) -> int:
        """The index of the phase that the candidate is in."""
        return self.visits[-1].phase if self.visits else 0

    @property
    def phase_id(self) -> str:
        return self.plan.phases[self.phase].id if self.plan.phases else ""

    @property
    def finished_at(self) -> datetime | None:
        """When it ended by the clock on the wall; never after the deadline."""
        if self.started_at is None or self.ended_s is None:
            return None
        return self.started_at + timedelta(seconds=self.ended_s + self.paused_s)

    def elapsed_s(self, now: datetime) -> float:
        """Seconds on the interview's clock at `now`; goes on past the deadline until the end.

        A `now` before the last event (another server's clock) counts as that event's time.
        """
        if self.started_at is None:
            return 0.0
        if self.ended_s is not None:
            return self.ended_s
        until = self.paused_at or max(now, self.last_at or self.started_at)
        return max(0.0, (until - self.started_at).total_seconds() - self.paused_s)

    def clock(self, now: datetime) -> ClockFace:
        return clock(self.plan, self.phase, self.elapsed_s(now))

    def is_late(self, now: datetime) -> bool:
        """Whether the deadline has passed on the interview's clock."""
        return not self.plan.untimed and self.elapsed_s(now) > self.plan.total_s

    def text_of(self, name: str) -> FieldState:
        return self.fields.get(name, FieldState())

    def said(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.who == "candidate")

    def spoken(self) -> frozenset[str]:
        """The names of all lines that the interviewer has said."""
        return frozenset(line.name for line in self.lines if line.who == "interviewer")

    def phase_seconds(self, now: datetime) -> tuple[float, ...]:
        """Seconds spent in each phase so far. They add up to the elapsed time, the deadline at
        most: what runs over the deadline belongs to no phase."""
        end_s = self.elapsed_s(now)
        if not self.plan.untimed:
            end_s = min(end_s, self.plan.total_s)
        starts = [min(visit.from_s, end_s) for visit in self.visits] + [end_s]
        spent = [0.0] * len(self.plan.phases)
        for visit, start_s, stop_s in zip(self.visits, starts, starts[1:], strict=False):
            spent[visit.phase] += stop_s - start_s
        return tuple(spent)


def fold(log: Iterable[ev.Event], state: State | None = None) -> State:
    """The state after `log`, from nothing or from an earlier `state`."""
    return reduce(apply, log, state or State())


def apply(state: State, event: ev.Event) -> State:
    """The state after one more event."""
    changed = _APPLY[type(event.body)](state, event, event.body)
    written = state.written + len(getattr(event.body, "text", ""))
    return replace(changed, seq=event.seq, last_at=event.at, written=written)


def _opened(state: State, event: ev.Event, body: ev.Opened) -> State:
    return replace(state, pack=body.pack, seed=body.seed, opened_at=event.at)


def _configured(state: State, _: ev.Event, body: ev.Configured) -> State:
    plan = Plan(tuple(PlannedPhase(*phase) for phase in body.phases), untimed=body.untimed)
    return replace(state, format_id=body.format_id, level=body.level, extra=body.extra, plan=plan)


def _started(state: State, event: ev.Event, _: ev.Started) -> State:
    return replace(state, started_at=event.at, visits=(Visit(0, 0.0),))


def _line(state: State, event: ev.Event, who: Speaker, text: str, **more: Any) -> Line:
    return Line(
        seq=event.seq,
        who=who,
        text=text,
        at=event.at,
        elapsed_s=state.elapsed_s(event.at),
        phase=state.phase,
        late=who == "candidate" and state.is_late(event.at),
        **more,
    )


def _said(state: State, event: ev.Event, body: ev.Said) -> State:
    if state.status == "finished":
        return _keep(state, event, "message", body.text, "after the end")
    draft = state.text_of("draft")
    if not grew_into(draft.text, body.text):  # another tab's, which nobody has sent
        state = _keep(state, event, "draft", draft.text, "conflict")
    emptied = replace(draft, text="", on_time="", revision=draft.revision + 1)
    line = _line(state, event, "candidate", body.text)
    return replace(state, lines=(*state.lines, line), fields={**state.fields, "draft": emptied})


def grew_into(draft: str, message: str) -> bool:
    """Whether `draft` is an earlier state of `message`: the first half of it, at least, stayed."""
    return message.strip().startswith(draft.strip()[: (len(draft.strip()) + 1) // 2])


def _replied(state: State, event: ev.Event, body: ev.Replied) -> State:
    line = _line(
        state,
        event,
        "interviewer",
        body.text,
        name=body.line,
        to=body.to,
        answers=body.answers,
        flags=body.flags,
    )
    return replace(state, lines=(*state.lines, line))


def _saved(state: State, event: ev.Event, body: ev.Saved) -> State:
    if state.status == "finished":
        return _keep(state, event, body.field, body.text, "after the end")
    before = state.text_of(body.field)
    late = state.is_late(event.at)
    after = FieldState(
        text=body.text,
        revision=before.revision + 1,
        on_time=before.on_time if late else body.text,
        late=late,
    )
    return replace(state, fields={**state.fields, body.field: after})


def _conflicted(state: State, event: ev.Event, body: ev.Conflicted) -> State:
    return _keep(state, event, body.field, body.text, "conflict")


def _keep(
    state: State,
    event: ev.Event,
    name: str,
    text: str,
    why: Literal["conflict", "after the end"],
) -> State:
    return replace(state, kept=(*state.kept, Kept(event.seq, name, text, why)))


def _phase_moved(state: State, event: ev.Event, body: ev.PhaseMoved) -> State:
    if body.undo:
        return replace(state, visits=state.visits[:-1], moved_at=None)
    visit = Visit(body.to, state.elapsed_s(event.at))
    return replace(state, visits=(*state.visits, visit), moved_at=event.at)


def _paused(state: State, event: ev.Event, _: ev.Paused) -> State:
    return replace(state, paused_at=event.at)


def _resumed(state: State, event: ev.Event, _: ev.Resumed) -> State:
    stood = (event.at - state.paused_at).total_seconds() if state.paused_at else 0.0
    return replace(state, paused_at=None, paused_s=state.paused_s + stood)


def _finished(state: State, event: ev.Event, _: ev.Finished) -> State:
    elapsed_s = state.elapsed_s(event.at)
    ended_s = elapsed_s if state.plan.untimed else min(elapsed_s, state.plan.total_s)
    return replace(state, ended_s=ended_s, paused_at=None)


def _checked(state: State, _: ev.Event, body: ev.PointChecked) -> State:
    return replace(state, checks={**state.checks, body.point: body.covered})


def _redone(state: State, _: ev.Event, body: ev.MomentRedone) -> State:
    tries = (*state.redone.get(body.line, ()), Redone(body.text, body.seconds))
    return replace(state, redone={**state.redone, body.line: tries})


_APPLY: dict[type[ev.Body], Callable[[State, ev.Event, Any], State]] = {
    ev.Opened: _opened,
    ev.Configured: _configured,
    ev.Started: _started,
    ev.Said: _said,
    ev.Replied: _replied,
    ev.Saved: _saved,
    ev.Conflicted: _conflicted,
    ev.PhaseMoved: _phase_moved,
    ev.Paused: _paused,
    ev.Resumed: _resumed,
    ev.Finished: _finished,
    ev.PointChecked: _checked,
    ev.MomentRedone: _redone,
}
