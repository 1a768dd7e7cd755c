"""Arguing a trade-off in five steps: where a round stands, and what it comes to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from trainer.catalog.schema import Decision, Pack, Step
from trainer.drills.log import Log
from trainer.drills.trap_rules import REVEALED, PointRow, rows
from trainer.grading.attempts import Answer, Attempt, answer, rubric
from trainer.grading.grades import AnswerGrade, Grade

ARGUED: Final = "argued"  # texts: what was written, by step
SECONDS: Final = 8 * 60

Stage = Literal["argue", "argued", "revealed", "over"]


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step at the reveal: what was written for it, and how its point was judged (None: the step
    has no point)."""

    step: Step
    text: str
    point: PointRow | None

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


def stage(log: Log) -> Stage:
    if log.finished_at:
        return "over"
    if log.of(REVEALED):
        return "revealed"
    return "argued" if log.of(ARGUED) else "argue"


def texts(log: Log) -> Mapping[str, str]:
    """What was written, by step; empty before it was sent."""
    sent = log.last(ARGUED)
    return sent.data["texts"] if sent else {}


def attempt(pack: Pack, level: str, decision: Decision, written: Mapping[str, str]) -> Attempt:
    """What is graded: each step that was filled in by its own point, and all of it together by
    the decision's."""
    ask = decision.ask or decision.title
    parts: list[Answer] = [
        answer(step.id, (ask, step.ask), written[step.id], (step.point,), pack)
        for step in pack.trade_offs.steps
        if step.point and written.get(step.id, "").strip()
    ]
    whole = "\n\n".join(text for text in written.values() if text.strip())
    parts.append(answer(_whole(decision), (ask,), whole, (decision.point,), pack))
    return Attempt(pack.slug, level, tuple(parts))


def _whole(decision: Decision) -> str:
    """The topic of all steps together; no step is called so."""
    return f"decision:{decision.id}"


def judged(log: Log, pack: Pack, decision: Decision, grade: Grade | None) -> tuple[PointRow, ...]:
    """Every point: those of the steps, in order, and last the decision's."""
    points = (*pack.step_points.values(), decision.point)
    filled = {point.id: point.text for point in rubric(points, pack)}
    empty = _empty(log, pack)
    return tuple(
        replace(row, found=False) if row.id in empty else row
        for row in rows(log, filled, _grades(grade))
    )


def _empty(log: Log, pack: Pack) -> set[str]:
    """The points of the steps that were left empty in what was sent: nothing was there to grade."""
    written = texts(log)
    return {
        step.point.id
        for step in pack.trade_offs.steps
        if step.point and written and not written.get(step.id, "").strip()
    }


def _grades(grade: Grade | None) -> dict[int, AnswerGrade]:
    return dict(enumerate(grade.answers)) if grade else {}


def steps(
    pack: Pack, written: Mapping[str, str], points: Sequence[PointRow]
) -> tuple[StepRow, ...]:
    """Each step beside what was written for it."""
    by_id = {point.id: point for point in points}
    return tuple(
        StepRow(step, written.get(step.id, ""), by_id.get(step.point.id) if step.point else None)
        for step in pack.trade_offs.steps
    )


def why_not(grade: Grade | None) -> tuple[str, ...]:
    """Why parts of it could not be graded, each sentence once."""
    said = [each.why_not for each in grade.answers if each.why_not] if grade else []
    return tuple(dict.fromkeys(said))
