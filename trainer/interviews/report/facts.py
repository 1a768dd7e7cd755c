"""The plain facts of a finished interview: what, how long, how it ended. Pure."""

from dataclasses import dataclass
from datetime import datetime

from trainer.catalog.schema import Pack
from trainer.interviews.report.answers import questions_asked
from trainer.interviews.report.times import count
from trainer.interviews.state import State
from trainer.lib.times import clock_time


@dataclass(frozen=True, slots=True)
class Facts:
    """All measured. `used` is on the interview's clock, `planned` empty when untimed."""

    format: str
    level: str
    extra: str
    started_at: datetime | None
    used: str
    planned: str
    paused: str
    ended: str
    words: int
    messages: int
    late: int
    essential: int
    essential_of: int
    hard_questions: int


def facts(state: State, pack: Pack) -> Facts:
    format_ = pack.format(state.format_id)
    said = state.said()
    return Facts(
        format=format_.name if format_ else state.format_id,
        level=state.level,
        extra=f"{state.extra:g} times the usual time" if state.extra != 1.0 else "",
        started_at=state.started_at,
        used=clock_time(state.ended_s or 0.0),
        planned="" if state.plan.untimed else clock_time(state.plan.total_s),
        paused=clock_time(state.paused_s) if state.paused_s >= 1 else "",
        ended=_ended(state),
        words=sum(len(line.text.split()) for line in said),
        messages=len(said),
        late=sum(line.late for line in said),
        essential=len({line.answers for line in state.lines if line.answers}),
        essential_of=len(pack.clarify.essential),
        hard_questions=sum(each.line.name.startswith("trap:") for each in questions_asked(state)),
    )


def _ended(state: State) -> str:
    if state.plan.untimed:
        return "You ended it; there was no deadline."
    left_s = state.plan.total_s - (state.ended_s or 0.0)
    if left_s < 1:
        late = sum(line.late for line in state.said()) + any(
            each.late for each in state.fields.values()
        )
        after = f" {count(late, 'text')} came after it, marked late." if late else ""
        return f"It ended at the deadline.{after}"
    return f"You ended it with {clock_time(left_s)} left."
