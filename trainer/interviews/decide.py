"""Which events come of a command. Pure: the heart of the interview.

`decide` takes the state, a command and the server's time, and returns the bodies to append; it
raises `Refused` with a sentence when the command does not fit. It never loses text: a save that
came second or late is kept under its own event.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from trainer.catalog.schema import Pack
from trainer.interviews import events as ev
from trainer.interviews import script
from trainer.interviews.commands import (
    TEXT_LIMIT,
    Check,
    Command,
    Configure,
    Finish,
    Move,
    Pause,
    Pulse,
    Redo,
    Refused,
    Resume,
    Save,
    Say,
    Start,
    TooLong,
    Undo,
)
from trainer.interviews.pacing import EXTRA, MINUTES, make_plan
from trainer.interviews.state import State, apply

LOG_LIMIT = 20_000  # events of one interview: ten hours of saves, one every two seconds
LOG_TEXT_LIMIT = 20_000_000  # characters in all of them: each command reads them
UNDO_S = 15.0  # a move can be undone for so long: the ten seconds shown, and a slow network


def decide(state: State, command: Command, now: datetime, pack: Pack) -> tuple[ev.Body, ...]:
    """The events that `command` brings about at `now`. Raises Refused."""
    bodies = _DECIDE[type(command)](state, command, now, pack)
    if bodies and not isinstance(command, Finish):
        _must_have_room(state)
    return bodies


def open_room(pack: Pack, seed: int, format_id: str) -> tuple[ev.Body, ...]:
    """The first events of a log. Raises Refused for an unknown format."""
    configured = _configured(Configure(format_id, "senior"), pack)
    return (ev.Opened(pack.slug, seed), configured, script.opening(pack))


def _after(state: State, now: datetime, *bodies: ev.Body) -> State:
    """The state as it would be after `bodies`, to see what the interviewer says to it."""
    for body in bodies:
        state = apply(state, ev.Event(state.seq + 1, now, body))
    return state


def _within_limit(text: str) -> None:
    _storable(text)
    if len(text) > TEXT_LIMIT:
        raise TooLong(
            f"That is {len(text):,} characters; the limit is {TEXT_LIMIT:,}. "
            "Nothing was cut and nothing was sent: shorten it, or send it in parts."
        )


def _storable(text: str) -> None:
    """Refuses what no database or page can hold. Only a broken or hostile client sends it."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Refused(
            "The text holds a character that cannot be stored: an empty one, or half of an emoji. "
            "Nothing was sent; take it out and try again."
        )


def _must_have_room(state: State) -> None:
    if state.seq >= LOG_LIMIT or state.written >= LOG_TEXT_LIMIT:
        raise Refused(
            "This interview holds as much as can be stored, so nothing more is saved. "
            "Copy what you still need from this page, and finish."
        )


def _must_be_running(state: State) -> None:
    if state.status == "open":
        raise Refused("The clock has not started. Start it, or send your first message.")
    if state.status == "paused":
        raise Refused("The interview is paused. Resume it first.")
    if state.status == "finished":
        raise Refused("This interview is over. Open its report, or start another.")


def _must_be_over(state: State) -> None:
    if state.status != "finished":
        raise Refused("That belongs to the report. Finish the interview first.")


def _configured(command: Configure, pack: Pack) -> ev.Configured:
    format_ = pack.format(command.format_id)
    if format_ is None:
        known = ", ".join(each.id for each in pack.formats)
        raise Refused(f"There is no format {command.format_id!r}. Choose one of: {known}.")
    if not EXTRA[0] <= command.extra <= EXTRA[1]:
        raise Refused(f"Extra time is a factor from {EXTRA[0]:g} to {EXTRA[1]:g}.")
    if command.minutes is not None and not MINUTES[0] <= command.minutes <= MINUTES[1]:
        raise Refused(f"A custom length is {MINUTES[0]:g} to {MINUTES[1]:g} minutes.")
    plan = make_plan(
        [(phase.id, phase.name, phase.minutes) for phase in format_.phases],
        minutes=command.minutes,
        extra=command.extra,
        untimed=command.untimed,
    )
    phases = tuple((phase.id, phase.name, phase.seconds) for phase in plan.phases)
    return ev.Configured(format_.id, command.level, command.extra, command.untimed, phases)


def _configure(state: State, command: Configure, _: datetime, pack: Pack) -> tuple[ev.Body, ...]:
    if state.status != "open":
        raise Refused("The clock is running: length and level were fixed at the start.")
    return (_configured(command, pack),)


def _start(state: State, _: Start, now: datetime, pack: Pack) -> tuple[ev.Body, ...]:
    if state.status != "open":
        return ()  # pressed twice, or started on another device: it runs
    return (ev.Started(), *script.on_phase(_after(state, now, ev.Started()), pack))


def _say(state: State, command: Say, now: datetime, pack: Pack) -> tuple[ev.Body, ...]:
    if not command.text.strip():
        raise Refused("There is nothing to send yet. Type something first.")
    _within_limit(command.text)
    said = ev.Said(command.text)
    if state.status in {"finished", "paused"}:
        return (said,)  # kept, and marked; nobody answers
    start = (ev.Started(),) if state.status == "open" else ()
    after = _after(state, now, *start, said)
    if after.is_late(now):
        return (said,)  # the interview is over for the interviewer
    return (*start, said, *script.on_message(after, pack, after.elapsed_s(now)))


def _save(state: State, command: Save, _: datetime, __: Pack) -> tuple[ev.Body, ...]:
    _within_limit(command.text)
    stored = state.text_of(command.field)
    if command.text == stored.text or _was_sent(state, command):
        return ()
    if command.base != stored.revision and state.status != "finished":
        return (ev.Conflicted(command.field, command.text, command.base),)
    return (ev.Saved(command.field, command.text, command.base),)


def _was_sent(state: State, command: Save) -> bool:
    """Whether this draft was still on its way when messages were sent, and stands in one of them
    whole: nothing of it is lost by not saving it again."""
    missed = state.text_of("draft").revision - command.base
    if command.field != "draft" or missed < 1:
        return False
    return any(line.text.startswith(command.text) for line in state.said()[-missed:])


def _move(state: State, command: Move, now: datetime, pack: Pack) -> tuple[ev.Body, ...]:
    _must_be_running(state)
    if command.to == state.phase:
        return ()  # already there: pressed twice, or on two devices
    if command.origin != state.phase or not 0 <= command.to < len(state.plan.phases):
        here = state.plan.phases[state.phase].name
        raise Refused(f"You are in {here} now. Look at the clock and choose again.")
    moved = ev.PhaseMoved(command.to)
    return (moved, *script.on_phase(_after(state, now, moved), pack))


def _undo(state: State, _: Undo, now: datetime, __: Pack) -> tuple[ev.Body, ...]:
    _must_be_running(state)
    if state.moved_at is None or len(state.visits) < 2:
        return ()
    if (now - state.moved_at).total_seconds() > UNDO_S:
        raise Refused("It is too late to undo that move. Go back by choosing the phase.")
    return (ev.PhaseMoved(state.visits[-2].phase, undo=True),)


def _pause(state: State, _: Pause, now: datetime, __: Pack) -> tuple[ev.Body, ...]:
    if state.status == "paused":
        return ()
    _must_be_running(state)
    if state.is_late(now):
        raise Refused("Time is up, so there is nothing left to pause. Finish when you are ready.")
    return (ev.Paused(),)


def _resume(state: State, _: Resume, __: datetime, ___: Pack) -> tuple[ev.Body, ...]:
    return (ev.Resumed(),) if state.status == "paused" else ()


def _finish(state: State, _: Finish, __: datetime, pack: Pack) -> tuple[ev.Body, ...]:
    if state.status == "finished":
        return ()
    if state.status == "open":
        raise Refused("This interview has not begun, so there is nothing to finish.")
    return (*script.on_finish(pack), ev.Finished())


def _pulse(state: State, command: Pulse, now: datetime, pack: Pack) -> tuple[ev.Body, ...]:
    if command.typing or state.status != "running" or state.is_late(now):
        return ()
    return script.on_time(state, pack, state.elapsed_s(now))


def _check(state: State, command: Check, _: datetime, pack: Pack) -> tuple[ev.Body, ...]:
    _must_be_over(state)
    if command.point not in pack.points:
        raise Refused(f"There is no point {command.point!r} in this pack. Reload the report.")
    if state.checks.get(command.point) == command.covered:
        return ()
    return (ev.PointChecked(command.point, command.covered),)


def _redo(state: State, command: Redo, _: datetime, __: Pack) -> tuple[ev.Body, ...]:
    _must_be_over(state)
    if command.line not in state.spoken():
        raise Refused("That moment is not in this interview. Choose one from the report.")
    if not command.text.strip():
        raise Refused("There is nothing to compare yet. Write your second answer first.")
    _within_limit(command.text)
    return (ev.MomentRedone(command.line, command.text, command.seconds),)


_DECIDE: dict[type[Command], Callable[[State, Any, datetime, Pack], tuple[ev.Body, ...]]] = {
    Configure: _configure,
    Start: _start,
    Say: _say,
    Save: _save,
    Move: _move,
    Undo: _undo,
    Pause: _pause,
    Resume: _resume,
    Finish: _finish,
    Pulse: _pulse,
    Check: _check,
    Redo: _redo,
}
