"""What a grader takes: a frozen attempt. It knows nothing of interviews, events or a database.

Everything here is JSON-able with `dataclasses.asdict`, and `read` gives it back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from trainer.catalog.numbers import fill
from trainer.catalog.schema import Pack, Point

WHOLE = "whole"  # the topic of an answer that is a whole interview


@dataclass(frozen=True, slots=True)
class Words:
    """The candidate's own words: characters `start` to `end` of the message with number `seq` in
    a log. An outline, as it stood at the deadline, has `seq` 0."""

    source: Literal["message", "outline"]
    seq: int
    start: int
    end: int
    text: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class RubricPoint:
    """What an answer must assert to cover it; numbers are filled in."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`asks` are the questions as spoken; none for an interview as a whole."""

    topic: str
    asks: tuple[str, ...]
    words: tuple[Words, ...]
    points: tuple[RubricPoint, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """The answers that are graded together, for one pack at one level."""

    pack: str
    level: str
    answers: tuple[Answer, ...]


def answer(
    topic: str, asks: Iterable[str], text: str, points: Iterable[Point], pack: Pack
) -> Answer:
    """An answer that is one plain text, as in a drill or a file."""
    words = (Words("message", 1, 0, len(text), text),) if text else ()
    return Answer(topic, tuple(asks), words, rubric(points, pack))


def rubric(points: Iterable[Point], pack: Pack) -> tuple[RubricPoint, ...]:
    """The points with their numbers filled in."""
    return tuple(RubricPoint(point.id, fill(pack.numbers, point.text)) for point in points)


def read(stored: Mapping[str, Any]) -> Attempt:
    """The attempt that `dataclasses.asdict` and JSON made of one."""
    return Attempt(
        stored["pack"],
        stored["level"],
        tuple(
            Answer(
                each["topic"],
                tuple(each["asks"]),
                tuple(Words(**words) for words in each["words"]),
                tuple(RubricPoint(**point) for point in each["points"]),
            )
            for each in stored["answers"]
        ),
    )
