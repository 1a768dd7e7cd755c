"""A Hypothesis machine that mistreats an interview: two tabs, lost answers, repeated sends, a clock
that jumps. What must hold whatever happens stands in its invariants.

A subclass says how a command is run (`run`) and how the log is read (`log`).
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.interviews.play import SMALL, START
from trainer.interviews import commands as cmd
from trainer.interviews import events as ev
from trainer.interviews.decide import decide, open_room
from trainer.interviews.state import State, fold

GRAIN_S = 1e-6  # of the server's clock

TABS = st.integers(0, 1)
NAMES = st.sampled_from(ev.FIELDS)
WORDS = st.sampled_from(
    ["", "How many users do we have?", "What database should I use?", "Search", "push " * 8, "?"]
)
OTHERS = st.one_of(
    st.builds(cmd.Undo),
    st.builds(cmd.Pulse, st.booleans()),
    st.builds(cmd.Move, st.integers(0, 4), st.integers(0, 4)),
    st.builds(
        cmd.Configure,
        st.sampled_from(["45", "60", "8", "90"]),
        st.sampled_from(ev.LEVELS),
        extra=st.sampled_from([1.0, 1.25, 10.0, 11.0]),
        untimed=st.booleans(),
    ),
    st.builds(cmd.Check, st.sampled_from(["t1.1", "t9.9"]), st.booleans()),
)


class Crash(Exception):
    """The server dies in the middle of a command."""


@dataclass
class Tab:
    """What a browser believes: the revision of each field when it last heard."""

    bases: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """A command whose answer never came; its text is in nobody's hands yet."""

    command: cmd.Say | cmd.Save
    key: str


def text_of(body: ev.Body) -> str | None:
    """The candidate's text in an event."""
    return body.text if isinstance(body, ev.Said | ev.Saved | ev.Conflicted) else None


class InterviewMachine(RuleBasedStateMachine):
    unanswered = Bundle("unanswered")

    def __init__(self) -> None:
        super().__init__()
        self.right_now: datetime = START
        self.skew_s = 0.0
        self.state = State()
        self.tabs = [Tab(), Tab()]
        self.count = 0
        self.acknowledged: list[str] = []
        self.seen_s = 0.0
        self.closed: State | None = None

    @property
    def now(self) -> datetime:
        """What the server's clock shows: it may be set wrong, and right again."""
        return self.right_now + timedelta(seconds=self.skew_s)

    # -- the subclass's part -------------------------------------------------

    def run(self, command: cmd.Command, key: str, *, crash: bool = False) -> State:
        """Runs `command` at `self.now`; with `crash`, raises Crash before it is stored."""
        raise NotImplementedError

    def log(self) -> list[ev.Event]:
        raise NotImplementedError

    # -- what happens --------------------------------------------------------

    def fresh(self, what: str) -> str:
        """A text or a key that was not used before."""
        self.count += 1
        return f"{what}-{self.count}"

    def send(self, command: cmd.Command, key: str) -> None:
        was = self.closed
        self.state = self.run(command, key)
        if was is None and self.state.status == "finished":
            self.closed = self.state

    def saving(self, tab: int, name: ev.Field) -> cmd.Save:
        return cmd.Save(name, self.fresh("save"), self.tabs[tab].bases.get(name, 0))

    def saying(self, words: str) -> cmd.Say:
        return cmd.Say(f"{self.fresh('message')} {words}")

    @rule(words=WORDS)
    def say(self, words: str) -> None:
        command = self.saying(words)
        self.send(command, self.fresh("key"))
        self.acknowledged.append(command.text)

    @rule(tab=TABS, name=NAMES)
    def save(self, tab: int, name: ev.Field) -> None:
        command = self.saving(tab, name)
        self.send(command, self.fresh("key"))
        self.acknowledged.append(command.text)
        self.tabs[tab].bases[name] = self.state.text_of(name).revision

    @rule(tab=TABS)
    def reload(self, tab: int) -> None:
        self.tabs[tab].bases = {name: self.state.text_of(name).revision for name in ev.FIELDS}

    @rule(target=unanswered, tab=TABS, name=NAMES, is_message=st.booleans())
    def send_and_hear_nothing(self, tab: int, name: ev.Field, is_message: bool) -> Sent:
        sent = Sent(
            self.saying("lost") if is_message else self.saving(tab, name), self.fresh("key")
        )
        self.send(sent.command, sent.key)
        return sent

    @rule(target=unanswered, tab=TABS, name=NAMES, is_message=st.booleans())
    def send_and_crash_the_server(self, tab: int, name: ev.Field, is_message: bool) -> Sent:
        sent = Sent(
            self.saying("died") if is_message else self.saving(tab, name), self.fresh("key")
        )
        before = self.log()
        try:
            self.run(sent.command, sent.key, crash=True)
        except Crash:
            assert self.log() == before
        return sent

    @rule(sent=consumes(unanswered), times=st.integers(1, 3))
    def send_again(self, sent: Sent, times: int) -> None:
        for _ in range(times):
            self.send(sent.command, sent.key)
        self.acknowledged.append(sent.command.text)

    @rule(command=OTHERS)
    def do(self, command: cmd.Command) -> None:
        before = self.state
        key = self.fresh("key")
        try:
            self.send(command, key)
            self.send(command, key)
        except cmd.Refused:
            assert fold(self.log()) == before

    @precondition(lambda self: self.state.status == "open" and self.count > 2)
    @rule()
    def start(self) -> None:
        self.send(cmd.Start(), self.fresh("key"))

    @precondition(lambda self: self.state.status == "running")
    @rule(step=st.sampled_from([1, -1]))
    def move(self, step: int) -> None:
        origin = self.state.phase
        to = (origin + step) % len(self.state.plan.phases)
        self.send(cmd.Move(to, origin), self.fresh("key"))

    @precondition(lambda self: self.state.status == "running")
    @rule()
    def pause(self) -> None:
        try:
            self.send(cmd.Pause(), self.fresh("key"))
        except cmd.Refused:
            assert self.state.is_late(self.now)

    @precondition(lambda self: self.state.status == "paused")
    @rule()
    def resume(self) -> None:
        self.send(cmd.Resume(), self.fresh("key"))

    @precondition(lambda self: self.state.status in {"running", "paused"} and self.count > 25)
    @rule()
    def finish(self) -> None:
        self.send(cmd.Finish(), self.fresh("key"))

    @rule(seconds=st.sampled_from([0.0, 0.000001, 1.5, 14.9, 61.0, 300.0, 1800.0]))
    def wait(self, seconds: float) -> None:
        self.right_now += timedelta(seconds=seconds)

    @rule(seconds=st.sampled_from([0.0, -0.5, -3600.0, 30.0, -7200.0]))
    def set_the_clock(self, seconds: float) -> None:
        self.skew_s = seconds

    # -- what must hold ------------------------------------------------------

    @invariant()
    def every_acknowledged_text_is_stored_exactly_once(self) -> None:
        stored = Counter(text_of(event.body) for event in self.log())
        assert [stored[text] for text in self.acknowledged] == [1] * len(self.acknowledged)

    @invariant()
    def every_acknowledged_text_can_be_read(self) -> None:
        state = self.state
        readable = {line.text for line in state.said()} | {kept.text for kept in state.kept}
        readable |= {e.body.text for e in self.log() if isinstance(e.body, ev.Saved)}
        assert set(self.acknowledged) <= readable

    @invariant()
    def the_last_text_of_a_field_is_what_was_last_saved_in_it(self) -> None:
        latest: dict[str, str] = {}
        for event in self.log():
            match event.body:
                case ev.Saved(field=name, text=text):
                    latest[name] = text
                case ev.Said():
                    latest["draft"] = ""
                case ev.Finished():
                    break
        assert {name: each.text for name, each in self.state.fields.items()} == latest

    @invariant()
    def the_log_has_no_gaps_and_its_time_never_runs_backward(self) -> None:
        log = self.log()
        assert [event.seq for event in log] == list(range(1, len(log) + 1))
        assert all(one.at <= other.at for one, other in pairwise(log))

    @invariant()
    def the_stored_log_folds_to_the_state_in_memory(self) -> None:
        assert fold(self.log()) == self.state

    @invariant()
    def elapsed_time_never_runs_backward(self) -> None:
        plan = self.state.plan
        elapsed_s = self.state.elapsed_s(self.now)
        if not plan.untimed:
            elapsed_s = min(elapsed_s, plan.total_s)
        if self.state.started_at is not None:
            assert elapsed_s >= self.seen_s - GRAIN_S
            # A reading of a clock that is then set back binds no more than what was stored by it.
            self.seen_s = min(elapsed_s, self.stored_s())

    def stored_s(self) -> float:
        """The interview's clock at its last event: it never shows less again."""
        assert self.state.last_at is not None
        return self.state.elapsed_s(self.state.last_at)

    @invariant()
    def the_clock_ran_while_it_should_and_no_longer(self) -> None:
        ran_s, since = 0.0, None
        for event in self.log():
            if since is not None:
                ran_s += (event.at - since).total_seconds()
            match event.body:
                case ev.Started() | ev.Resumed():
                    since = event.at
                case ev.Paused():
                    since = None
                case ev.Finished():
                    ran_s = (
                        ran_s if self.state.plan.untimed else min(ran_s, self.state.plan.total_s)
                    )
                    break
            since = since and event.at
        assert abs(self.stored_s() - ran_s) < GRAIN_S * len(self.log())

    @invariant()
    def phases_partition_the_time(self) -> None:
        state = self.state
        spent = state.phase_seconds(self.now)
        elapsed_s = state.elapsed_s(self.now)
        whole = elapsed_s if state.plan.untimed else min(elapsed_s, state.plan.total_s)
        assert abs(sum(spent) - whole) < GRAIN_S * (len(spent) + 1)
        assert all(seconds >= -GRAIN_S for seconds in spent)

    @invariant()
    def closed_stays_closed(self) -> None:
        if self.closed is not None:
            now, then = self.state, self.closed
            assert now.status == "finished"
            assert (now.lines, now.fields, now.visits) == (then.lines, then.fields, then.visits)
            assert (now.ended_s, now.finished_at) == (then.ended_s, then.finished_at)

    @invariant()
    def the_end_is_never_after_the_deadline(self) -> None:
        if self.state.ended_s is not None and not self.state.plan.untimed:
            assert self.state.ended_s <= self.state.plan.total_s


class MemoryMachine(InterviewMachine):
    """The pure core, with the idempotency keys in a dictionary."""

    @initialize(format_id=st.sampled_from(["45", "60", "8"]), seed=st.integers(0, 9))
    def open(self, format_id: str, seed: int) -> None:
        self.events: list[ev.Event] = []
        self.keys: set[str] = set()
        self.store(open_room(SMALL, seed, format_id))

    def store(self, bodies: tuple[ev.Body, ...]) -> None:
        at = max(self.now, self.state.last_at or self.now)
        new = [ev.Event(len(self.events) + i, at, body) for i, body in enumerate(bodies, start=1)]
        self.events += new
        self.state = fold(new, self.state)

    def run(self, command: cmd.Command, key: str, *, crash: bool = False) -> State:
        if key not in self.keys:
            at = max(self.now, self.state.last_at or self.now)
            bodies = decide(self.state, command, at, SMALL)
            if crash:
                raise Crash
            self.keys |= {key} if bodies else set()
            self.store(bodies)
        return self.state

    def log(self) -> list[ev.Event]:
        return self.events
