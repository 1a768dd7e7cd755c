"""What a candidate can do in an interview and in its report. Pure; decide.py says what follows."""

from dataclasses import dataclass

from trainer.interviews import events as ev

TEXT_LIMIT = 20_000  # characters in one message or field


class Refused(Exception):
    """The command does not fit the interview's state; the message says why and what to do."""


class TooLong(Refused):
    """A text over the limit: nothing was stored, nothing was cut."""


@dataclass(frozen=True, slots=True)
class Configure:
    """Before the start: format, level, extra time, custom `minutes` (None: the format's)."""

    format_id: str
    level: ev.Level
    extra: float = 1.0
    minutes: float | None = None
    untimed: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    pass


@dataclass(frozen=True, slots=True)
class Say:
    text: str


@dataclass(frozen=True, slots=True)
class Save:
    field: ev.Field
    text: str
    base: int


@dataclass(frozen=True, slots=True)
class Move:
    """To the phase with index `to`, sent from the phase with index `origin`."""

    to: int
    origin: int


@dataclass(frozen=True, slots=True)
class Undo:
    pass


@dataclass(frozen=True, slots=True)
class Pause:
    pass


@dataclass(frozen=True, slots=True)
class Resume:
    pass


@dataclass(frozen=True, slots=True)
class Finish:
    pass


@dataclass(frozen=True, slots=True)
class Pulse:
    """A sign of life of the page. The interviewer may speak, unless the candidate types."""

    typing: bool


@dataclass(frozen=True, slots=True)
class Check:
    point: str
    covered: bool


@dataclass(frozen=True, slots=True)
class Redo:
    line: str
    text: str
    seconds: float


Command = (
    Configure | Start | Say | Save | Move | Undo | Pause | Resume | Finish | Pulse | Check | Redo
)
