"""An interview as a grader takes it: question, the candidate's words, rubric points. Pure.

`attempt` is the one call. What it gives is frozen, JSON-able with `dataclasses.asdict`, and knows
nothing of interviews, events or the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from trainer.catalog.numbers import fill
from trainer.catalog.schema import Pack, Point
from trainer.interviews.report.topics import topics
from trainer.interviews.state import Line, State


@dataclass(frozen=True, slots=True)
class Words:
    """The candidate's own words: characters `start` to `end` of the message with number `seq` in
    the log. The outline as it stood at the deadline has `seq` 0."""

    source: Literal["message", "outline"]
    seq: int
    start: int
    end: int
    text: str
    late: bool


@dataclass(frozen=True, slots=True)
class RubricPoint:
    """What an answer must assert to cover it; numbers are filled in."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`asks` are the interviewer's lines as spoken; none for the interview as a whole."""

    topic: str
    asks: tuple[str, ...]
    words: tuple[Words, ...]
    points: tuple[RubricPoint, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer a topic that came up; the last is the whole interview, against the mistakes."""

    pack: str
    level: str
    answers: tuple[Answer, ...]


def attempt(state: State, pack: Pack) -> Attempt:
    """The evidence of a finished interview."""
    answers = [
        Answer(
            topic=topic.anchor,
            asks=tuple(asked.line.text for asked in topic.asked),
            words=_messages(line for asked in topic.asked for line in asked.said),
            points=_rubric(topic.points, pack),
        )
        for topic in topics(state, pack)
    ]
    whole = Answer("whole", (), all_words(state), _rubric((m.point for m in pack.mistakes), pack))
    return Attempt(pack.slug, state.level, (*answers, whole))


def all_words(state: State) -> tuple[Words, ...]:
    """Everything that counts: the messages in order, then the outline."""
    outline = state.text_of("outline").on_time
    drawn = (Words("outline", 0, 0, len(outline), outline, late=False),) if outline else ()
    return _messages(state.said()) + drawn


def _messages(lines: Iterable[Line]) -> tuple[Words, ...]:
    return tuple(
        Words("message", line.seq, 0, len(line.text), line.text, line.late) for line in lines
    )


def _rubric(points: Iterable[Point], pack: Pack) -> tuple[RubricPoint, ...]:
    return tuple(RubricPoint(point.id, fill(pack.numbers, point.text)) for point in points)
