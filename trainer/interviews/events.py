"""What can happen in an interview. An interview is the list of these, in order, and nothing else.

Each body is a frozen dataclass with JSON-able fields. `KINDS` names them in the store; a kind is
never renamed or reused, because old logs must still be read.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Literal

Field = Literal["draft", "outline", "notes"]
FIELDS: tuple[Field, ...] = ("draft", "outline", "notes")
Level = Literal["mid", "senior", "staff"]
LEVELS: tuple[Level, ...] = ("mid", "senior", "staff")


class UnknownKind(ValueError):
    """The store holds an event that this version of the code cannot read."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The room was opened. `seed` decides everything the interviewer leaves to chance."""

    pack: str
    seed: int


@dataclass(frozen=True, slots=True)
class Configured:
    """Chosen before the start. `phases` are (id, name, planned seconds), extra time included."""

    format_id: str
    level: Level
    extra: float
    untimed: bool
    phases: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Started:
    """The clock runs from here, in the first phase."""


@dataclass(frozen=True, slots=True)
class Said:
    """The candidate sent a message."""

    text: str


@dataclass(frozen=True, slots=True)
class Replied:
    """The interviewer spoke. `line` names the content it came from.

    `answers` and `flags` carry the question that was recognised (essential, or not to ask), and
    `to` is the sequence number of the message that it replies to (0: unprompted).
    """

    line: str
    text: str
    to: int = 0
    answers: str = ""
    flags: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A text was saved as a whole. `base` is the revision that it was typed upon."""

    field: Field
    text: str
    base: int


@dataclass(frozen=True, slots=True)
class Conflicted:
    """A text that came second: another tab had saved the same field. It is kept beside it."""

    field: Field
    text: str
    base: int


@dataclass(frozen=True, slots=True)
class PhaseMoved:
    """The candidate went to phase `to` (index). `undo`: the last move counts as never made."""

    to: int
    undo: bool = False


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock stands, the room is covered."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The clock runs again."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The candidate ended the interview. After the deadline it counts as ended at the deadline."""


@dataclass(frozen=True, slots=True)
class PointChecked:
    """In the report: the candidate says whether they covered a rubric point."""

    point: str
    covered: bool


@dataclass(frozen=True, slots=True)
class MomentRedone:
    """In the report: a second answer to the question `line`, written in `seconds`."""

    line: str
    text: str
    seconds: float


Body = (
    Opened
    | Configured
    | Started
    | Said
    | Replied
    | Saved
    | Conflicted
    | PhaseMoved
    | Paused
    | Resumed
    | Finished
    | PointChecked
    | MomentRedone
)

KINDS: dict[str, type[Body]] = {
    "opened": Opened,
    "configured": Configured,
    "started": Started,
    "said": Said,
    "replied": Replied,
    "saved": Saved,
    "conflicted": Conflicted,
    "phase_moved": PhaseMoved,
    "paused": Paused,
    "resumed": Resumed,
    "finished": Finished,
    "point_checked": PointChecked,
    "moment_redone": MomentRedone,
}
NAMES: dict[type[Body], str] = {body: kind for kind, body in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log: `seq` from 1 without gaps, `at` never before the event ahead of it."""

    seq: int
    at: datetime
    body: Body


def to_stored(body: Body) -> tuple[str, dict[str, Any]]:
    """The kind and the JSON-able data of a body."""
    return NAMES[type(body)], asdict(body)


def from_stored(kind: str, data: Mapping[str, Any]) -> Body:
    """The body of a stored event. Raises UnknownKind when the kind or its fields are not known."""
    body = KINDS.get(kind)
    if body is None or set(data) - {field.name for field in fields(body)}:
        raise UnknownKind(f"The log holds a {kind!r} event that this version cannot read.")
    if body is Configured:
        data = {**data, "phases": tuple((str(i), str(n), float(s)) for i, n, s in data["phases"])}
    return body(**data)
