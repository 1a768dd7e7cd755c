"""An interview in memory: what `services.run` does, without a database."""

from datetime import UTC, datetime, timedelta

from tests.interviews.packs import small_pack
from trainer.catalog.schema import Pack
from trainer.interviews import events as ev
from trainer.interviews.commands import Command, Move, Pulse, Say, Start
from trainer.interviews.decide import decide, open_room
from trainer.interviews.state import Line, State, apply

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SMALL = small_pack()


class Play:
    """Opens a room; `do` runs commands at the present time, `at(minutes)` sets that time."""

    def __init__(self, format_id: str = "45", seed: int = 1, pack: Pack = SMALL) -> None:
        self.pack = pack
        self.now = START
        self.log: list[ev.Event] = []
        self.state = State()
        self._append(open_room(pack, seed, format_id))

    def _append(self, bodies: tuple[ev.Body, ...]) -> None:
        for body in bodies:
            event = ev.Event(self.state.seq + 1, self.now, body)
            self.log.append(event)
            self.state = apply(self.state, event)

    def at(self, minutes: float, seconds: float = 0) -> "Play":
        self.now = START + timedelta(minutes=minutes, seconds=seconds)
        return self

    def later(self, seconds: float) -> "Play":
        self.now += timedelta(seconds=seconds)
        return self

    def do(self, *commands: Command) -> "Play":
        for command in commands:
            self.result(command)
        return self

    def result(self, command: Command) -> tuple[ev.Body, ...]:
        """Runs one command and gives the events that came of it."""
        now = max(self.now, self.state.last_at or self.now)
        bodies = decide(self.state, command, now, self.pack)
        before, self.now = self.now, now
        self._append(bodies)
        self.now = before
        return bodies

    def start(self) -> "Play":
        return self.do(Start())

    def say(self, text: str) -> "Play":
        return self.do(Say(text))

    def replies(self, text: str) -> list[Line]:
        """What the interviewer says to `text`."""
        said = len(self.state.lines)
        self.say(text)
        return [line for line in self.state.lines[said:] if line.who == "interviewer"]

    def to(self, phase: int) -> "Play":
        """Moves to the phase with index `phase`, one by one."""
        while self.state.phase < phase:
            self.do(Move(self.state.phase + 1, self.state.phase))
        return self

    def pulse(self, *, typing: bool = False) -> list[str]:
        """The names of the lines that a sign of life brings."""
        bodies = self.result(Pulse(typing))
        return [body.line for body in bodies if isinstance(body, ev.Replied)]

    @property
    def names(self) -> list[str]:
        """The names of all lines that the interviewer has said, in order."""
        return [line.name for line in self.state.lines if line.who == "interviewer"]
