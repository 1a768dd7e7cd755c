"""A scorecard as its rater fills it in. Pure; `to_json` and `from_json` are its stored form."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

NONE: Final = "none"  # not enough evidence
SCORES: Final = ("1", "2", "3", "4")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of the message `seq` (0: the outline), which are `text`."""

    seq: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Of one signal: "1" to "4", "none", or "" while nothing is chosen."""

    signal: str
    given: str = ""
    comment: str = ""
    evidence: tuple[Span, ...] = ()

    @property
    def score(self) -> int | None:
        return int(self.given) if self.given in SCORES else None


@dataclass(frozen=True, slots=True)
class PointSaid:
    """Whether the candidate covered a rubric point (None: not chosen yet), and the reason."""

    point: str
    covered: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """`verdict` is the id of one of the pack's verdicts, "none", or "" while nothing is chosen."""

    marks: tuple[Mark, ...] = ()
    verdict: str = ""
    comment: str = ""
    points: tuple[PointSaid, ...] = field(default=())

    def mark(self, signal: str) -> Mark:
        """The mark of a signal; an empty one where there is none."""
        return next((mark for mark in self.marks if mark.signal == signal), Mark(signal))

    def point(self, id: str) -> PointSaid | None:
        return next((said for said in self.points if said.point == id), None)


def to_json(card: Card) -> dict[str, Any]:
    return asdict(card)


def from_json(data: Mapping[str, Any]) -> Card:
    """The card of a stored content; an empty one of nothing."""
    return Card(
        marks=tuple(_mark(each) for each in data.get("marks", ())),
        verdict=str(data.get("verdict", "")),
        comment=str(data.get("comment", "")),
        points=tuple(
            PointSaid(each["point"], each["covered"], each["reason"])
            for each in data.get("points", ())
        ),
    )


def _mark(data: Mapping[str, Any]) -> Mark:
    spans: Sequence[Mapping[str, Any]] = data["evidence"]
    evidence = tuple(Span(s["seq"], s["start"], s["end"], s["text"]) for s in spans)
    return Mark(data["signal"], data["given"], data["comment"], evidence)
