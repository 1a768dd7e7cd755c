"""What a grader gives: one boolean a point, and for every covered one the candidate's own words.

Pure. Never a holistic score: what counts points does so from these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

GraderKind = Literal["offline", "llm"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters `start` to `end` of the message `seq` (0: the outline), verbatim."""

    source: Literal["message", "outline"]
    seq: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PointGrade:
    """`quote` is there exactly where `covered`. `sure` is the grader's own probability (0 to 1)
    that the point is covered. `note`: for people, why a near thing did not count ("")."""

    id: str
    covered: bool
    quote: Quote | None = None
    sure: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerGrade:
    """`why_not` says why nothing could be graded (an empty text, another language); then there
    are no points. `notes`: what was left out of the grading, for people."""

    topic: str
    points: tuple[PointGrade, ...] = ()
    why_not: str = ""
    notes: tuple[str, ...] = ()

    @property
    def gradable(self) -> bool:
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Grade:
    """A whole attempt as one grader judged it. `rubric` and `prompt` are versions; `model` is the
    name of the language model, or of the fitted weights. `fell_back` says, where the language
    model was asked and could not be used, why this is the offline grade ("")."""

    grader: GraderKind
    model: str
    rubric: str
    prompt: str
    answers: tuple[AnswerGrade, ...]
    fell_back: str = ""

    def of(self, topic: str) -> AnswerGrade | None:
        return next((each for each in self.answers if each.topic == topic), None)

    @property
    def best(self) -> dict[str, PointGrade]:
        """Each point once: covered where any answer covers it, with the surest quote."""
        found: dict[str, PointGrade] = {}
        for each in self.answers:
            for point in each.points:
                known = found.get(point.id)
                if known is None or (point.covered, point.sure) > (known.covered, known.sure):
                    found[point.id] = point
        return found


def read(stored: Mapping[str, Any]) -> Grade:
    """The grade that `dataclasses.asdict` and JSON made of one."""
    return Grade(**{**stored, "answers": tuple(_answer(each) for each in stored["answers"])})


def _answer(stored: Mapping[str, Any]) -> AnswerGrade:
    points = tuple(
        PointGrade(**{**each, "quote": Quote(**each["quote"]) if each["quote"] else None})
        for each in stored["points"]
    )
    return AnswerGrade(stored["topic"], points, stored["why_not"], tuple(stored["notes"]))
