"""The log of a round: what every drill's log has in common. Pure.

A round is the list of its events, in order, and nothing else. The kinds below are everybody's;
each drill adds its own, and reads its state from the events. A kind is never renamed or reused,
because old logs must still be read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

STARTED: Final = "started"  # items: what was chosen by seed; seconds: the clock, null for none
KEPT: Final = "kept"  # box, text: a draft, saved as a whole
FINISHED: Final = "finished"


@dataclass(frozen=True, slots=True)
class Body:
    """What happened; `data` is JSON-able."""

    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: `seq` from 1 without gaps, `at` never before the event ahead of it."""

    seq: int
    at: datetime
    kind: str
    data: Mapping[str, Any]


def started(items: Sequence[str], seconds: float | None, **more: Any) -> Body:
    """The first body of a log. `items` are the content's ids that the round is about."""
    return Body(STARTED, {"items": list(items), "seconds": seconds, **more})


def kept(box: str, text: str) -> list[Body]:
    """A draft that was not sent: what stands in the box when the candidate goes on."""
    return [Body(KEPT, {"box": box[:60], "text": text})] if box and text.strip() else []


def finished(**more: Any) -> Body:
    return Body(FINISHED, more)


@dataclass(frozen=True)
class Log:
    """The events, and what follows from them in any drill."""

    events: tuple[Event, ...]

    def of(self, *kinds: str) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.kind in kinds)

    def last(self, *kinds: str) -> Event | None:
        return next(reversed(self.of(*kinds)), None)

    def then(self, at: datetime, bodies: Sequence[Body]) -> "Log":
        """The log with more events at its end."""
        more = (Event(self.seq + i, at, b.kind, b.data) for i, b in enumerate(bodies, start=1))
        return Log((*self.events, *more))

    @property
    def seq(self) -> int:
        return self.events[-1].seq if self.events else 0

    @property
    def start(self) -> Mapping[str, Any]:
        """The data of the start."""
        return self.events[0].data

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(self.start["items"])

    @property
    def started_at(self) -> datetime:
        return self.events[0].at

    @property
    def last_at(self) -> datetime:
        return self.events[-1].at

    @property
    def finished_at(self) -> datetime | None:
        end = self.last(FINISHED)
        return end.at if end else None

    @property
    def deadline(self) -> datetime | None:
        """When the round's clock is up; None for a round without."""
        seconds = self.start["seconds"]
        return None if seconds is None else self.started_at + timedelta(seconds=seconds)

    def is_late(self, at: datetime) -> bool:
        return self.deadline is not None and at > self.deadline

    @cached_property
    def drafts(self) -> Mapping[str, str]:
        """What stands in each box, by the box's name, as it was saved last."""
        return {event.data["box"]: event.data["text"] for event in self.of(KEPT)}

    @cached_property
    def written(self) -> int:
        """Characters of all texts in the log."""
        return sum(_length(event.data) for event in self.events)


def _length(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(_length(each) for each in value.values())
    return sum(_length(each) for each in value) if isinstance(value, list | tuple) else 0
