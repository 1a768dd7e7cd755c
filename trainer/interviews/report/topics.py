"""What was gone into: each trap, each deep dive and the trade-off, as they came up. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trainer.catalog.schema import DeepDive, Pack, Point, TradeOffs, Trap
from trainer.interviews.report.answers import Asked, questions_asked
from trainer.interviews.state import State

Kind = Literal["trap", "dive", "trade_off"]
TRADE_OFF = "steps"  # there is one trade-off an interview; this is its id


@dataclass(frozen=True, slots=True)
class Topic:
    """`asked` are its questions with the candidate's answers, `points` what a full answer holds.

    `content` is what the pack says of it: the good answer, the key points, the steps.
    """

    kind: Kind
    id: str
    title: str
    asked: tuple[Asked, ...]
    points: tuple[Point, ...]
    content: Trap | DeepDive | TradeOffs

    @property
    def anchor(self) -> str:
        return f"{self.kind}-{self.id}"

    @property
    def words(self) -> int:
        return sum(asked.words for asked in self.asked)


def topics(state: State, pack: Pack) -> tuple[Topic, ...]:
    """The topics of an interview in the order in which they were first raised. A trap or a dive
    that the pack no longer has is left out; the transcript still shows it."""
    grouped: dict[tuple[Kind, str], list[Asked]] = {}
    for asked in questions_asked(state):
        key = _key(asked.line.name)
        if key:
            grouped.setdefault(key, []).append(asked)
    found = (_topic(kind, id_, asked, pack) for (kind, id_), asked in grouped.items())
    return tuple(topic for topic in found if topic)


def _key(name: str) -> tuple[Kind, str] | None:
    """The topic to which the interviewer's line of that name belongs."""
    start, _, rest = name.partition(":")
    if start == "trap":
        return "trap", rest
    if start in {"dive", "probe"}:
        return "dive", rest.partition(":")[0]
    return ("trade_off", TRADE_OFF) if start == "step" else None


def _topic(kind: Kind, id_: str, asked: Sequence[Asked], pack: Pack) -> Topic | None:
    said = tuple(asked)
    if kind == "trade_off":
        points = tuple(decision.point for decision in pack.trade_offs.decisions)
        return Topic(kind, id_, "The trade-off", said, points, pack.trade_offs)
    if kind == "trap":
        trap = pack.trap(id_)
        return Topic(kind, id_, trap.title, said, trap.points, trap) if trap else None
    dive = pack.deep_dive(id_)
    return Topic(kind, id_, dive.title, said, _points_of(dive, pack), dive) if dive else None


def _points_of(dive: DeepDive, pack: Pack) -> tuple[Point, ...]:
    """The dive's own points, and those that it shares with others."""
    shared = tuple(pack.points[id_] for id_ in dive.shared_points if id_ in pack.points)
    return (*dive.points, *shared)
