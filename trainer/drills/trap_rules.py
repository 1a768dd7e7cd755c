"""The ladder of a trap question: where a round stands on it, and what it comes to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from trainer.catalog.drill_schema import FollowUp
from trainer.catalog.schema import Trap
from trainer.drills.log import Event, Log
from trainer.grading.grades import AnswerGrade, PointGrade

ANSWERED: Final = "answered"  # n (1, or 2 to the follow-up), text
PROBED: Final = "probed"  # point, ask: the follow-up was put, and its clock began
REVEALED: Final = "revealed"
CHECKED: Final = "checked"  # point, said: the candidate's own word
REGRADED: Final = "regraded"  # n
SECONDS: Final = 180
PROBE_SECONDS: Final = 120

Stage = Literal["answer", "answered", "probe", "probed", "revealed", "over"]


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was sent."""

    n: int
    text: str
    late: bool


@dataclass(frozen=True, slots=True)
class PointRow:
    """A rubric point at the reveal. `found` is the machine's word (None: it gave none), `quote` the
    candidate's words in their `n`th answer; `own` is what the candidate says (None: nothing)."""

    id: str
    text: str
    found: bool | None
    quote: str
    n: int
    note: str
    own: bool | None

    @property
    def covered(self) -> bool | None:
        """The candidate's own word goes first; the machine's is kept beside it."""
        return self.found if self.own is None else self.own


def stage(log: Log) -> Stage:
    if log.finished_at:
        return "over"
    if log.of(REVEALED):
        return "revealed"
    answers = len(log.of(ANSWERED))
    if log.of(PROBED):
        return "probed" if answers > 1 else "probe"
    return "answered" if answers else "answer"


def answers(log: Log) -> tuple[Said, ...]:
    return tuple(_said(log, event) for event in log.of(ANSWERED))


def _said(log: Log, event: Event) -> Said:
    until = deadline(log, event.data["n"])
    return Said(event.data["n"], event.data["text"], until is not None and event.at > until)


def deadline(log: Log, n: int) -> datetime | None:
    """When the clock of the `n`th answer is up."""
    probed = log.last(PROBED)
    if n == 1 or probed is None:
        return log.deadline
    return probed.at + timedelta(seconds=PROBE_SECONDS)


def follow_up(trap: Trap, grade: AnswerGrade | None) -> FollowUp | None:
    """The question at the first point that is missing, in the trap's order."""
    if grade is None or not grade.gradable:
        return None
    covered = {point.id for point in grade.points if point.covered}
    asks = {each.point: each for each in trap.follow_ups}
    missing = (point.id for point in trap.points if point.id not in covered)
    return next((asks[id_] for id_ in missing if id_ in asks), None)


def rows(
    log: Log, texts: Mapping[str, str], grades: Mapping[int, AnswerGrade]
) -> tuple[PointRow, ...]:
    """Every point of `texts` (id to text), with the surest finding of any gradable answer."""
    own = {event.data["point"]: event.data["said"] for event in log.of(CHECKED)}
    return tuple(_row(id_, text, grades, own.get(id_)) for id_, text in texts.items())


def _row(id_: str, text: str, grades: Mapping[int, AnswerGrade], own: bool | None) -> PointRow:
    judged = [
        (point, n) for n, grade in grades.items() for point in grade.points if point.id == id_
    ]
    if not judged:
        return PointRow(id_, text, None, "", 0, "", own)
    best, n = max(judged, key=lambda each: _strength(each[0]))
    quote = best.quote.text if best.quote else ""
    return PointRow(id_, text, best.covered, quote, n, best.note, own)


def _strength(point: PointGrade) -> tuple[bool, float]:
    return point.covered, point.sure


def rating(points: Sequence[PointRow]) -> int:
    """1 to 4, by the share of points that were covered."""
    share = sum(bool(row.covered) for row in points) / len(points)
    return 4 if share >= 0.85 else 3 if share >= 0.6 else 2 if share >= 0.35 else 1
