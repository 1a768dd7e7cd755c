"""The verbs: open an interview, run a command on one. The only code that writes the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from trainer.accounts.models import User
from trainer.catalog.packs import get_pack
from trainer.interviews import events as ev
from trainer.interviews.commands import Command, Configure, Refused
from trainer.interviews.decide import decide, open_room
from trainer.interviews.grade import asking
from trainer.interviews.models import Interview, LogEntry
from trainer.interviews.selectors import interviews_of, log_of, state_of
from trainer.interviews.state import State, fold
from trainer.interviews.summary import summarise
from trainer.lib.ids import new_id

ROOMS_A_DAY = 100  # that one person may open


@dataclass(frozen=True)
class Outcome:
    """What a command did: the events it added, the state right after them, and the state now.

    The two states differ only for a repeat: then `bodies` is the event stored under its key.
    """

    bodies: tuple[ev.Body, ...]
    then: State
    state: State

    @property
    def saved(self) -> dict[str, str | int] | None:
        """The field that was saved, with the revision that it got; a message empties the draft."""
        for body in self.bodies:
            if isinstance(body, ev.Saved | ev.Said):
                field = body.field if isinstance(body, ev.Saved) else "draft"
                return {"field": field, "revision": self.then.text_of(field).revision}
        return None

    @property
    def conflict(self) -> dict[str, str | int] | None:
        """Both texts, when another tab had saved the same field first."""
        for body in self.bodies:
            if isinstance(body, ev.Conflicted):
                stored = self.state.text_of(body.field)
                return {
                    "field": body.field,
                    "yours": body.text,
                    "theirs": stored.text,
                    "revision": stored.revision,
                }
        return None


def enter_room(owner: User, pack_slug: str, format_id: str, now: datetime) -> Interview:
    """The room that this person opened and has not started, or a new one: who presses twice, or
    comes back another day, finds one room. Raises as `open_interview` and `run` do."""
    waiting = interviews_of(owner).filter(pack=pack_slug, status="open").first()
    if waiting is None:
        return open_interview(owner, pack_slug, format_id, now)
    if waiting.format_id != format_id:
        run(waiting.id, Configure(format_id, state_of(waiting).level), now=now)
    return waiting


def open_interview(owner: User, pack_slug: str, format_id: str, now: datetime) -> Interview:
    """A new interview with its clock standing. Raises UnknownPack, or Refused for the format or
    for too many rooms in one day."""
    if interviews_of(owner).filter(opened_at__gt=now - timedelta(days=1)).count() >= ROOMS_A_DAY:
        raise Refused(
            f"You have opened {ROOMS_A_DAY} rooms within a day. "
            "Go on in one of them: Interview lists them all."
        )
    id_ = new_id()
    bodies = open_room(get_pack(pack_slug), seed=int(id_, 36) % 2**31, format_id=format_id)
    state, entries = _append(State(), id_, bodies, now, key=None)
    with transaction.atomic():
        interview = Interview.objects.create(
            id=id_, owner=owner, pack=pack_slug, **summarise(state)
        )
        LogEntry.objects.bulk_create(entries)
    return interview


@transaction.atomic
def run(interview_id: str, command: Command, *, now: datetime, key: str | None = None) -> Outcome:
    """Decides on `command` under the interview's lock, and stores what comes of it.

    The same `key` twice stores once. The log's time never runs backward: a clock that was set
    back counts as standing still. Raises Refused, or Interview.DoesNotExist.
    """
    interview = _locked(interview_id)
    log = log_of(interview)
    state = fold(log)
    before = LogEntry.objects.filter(interview=interview, key=key).first() if key else None
    if before is not None:
        body = ev.from_stored(before.kind, before.data)
        return Outcome((body,), fold(log[: before.seq]), state)
    at = max(now, state.last_at) if state.last_at else now
    bodies = decide(state, command, at, get_pack(interview.pack))
    state, entries = _append(state, interview.id, bodies, at, key)
    LogEntry.objects.bulk_create(entries)
    if entries:
        Interview.objects.filter(pk=interview.pk).update(**summarise(state))
    if any(isinstance(body, ev.Finished) for body in bodies):
        asking.ask(interview, state)  # a row; the work itself is sent after the commit
    return Outcome(bodies, state, state)


def _locked(interview_id: str) -> Interview:
    """The owner's row first, as whoever deletes a person or takes a guest's rows along locks it
    before the rows that point at it: the other way round, each would wait for the other."""
    owners = User.objects.select_for_update(no_key=True, of=("self",))
    owners.filter(interviews__pk=interview_id).first()
    return Interview.objects.select_for_update().get(pk=interview_id)


def rebuild_summary(interview: Interview) -> None:
    """Writes the summary row anew from the log."""
    Interview.objects.filter(pk=interview.pk).update(**summarise(fold(log_of(interview))))


def _append(
    state: State, interview_id: str, bodies: Sequence[ev.Body], at: datetime, key: str | None
) -> tuple[State, list[LogEntry]]:
    """The state after `bodies`, and their rows; the key stands on the candidate's message, else
    on the first of them."""
    keyed = next((i for i, body in enumerate(bodies) if isinstance(body, ev.Said)), 0)
    log = [ev.Event(state.seq + i, at, body) for i, body in enumerate(bodies, start=1)]
    entries = []
    for i, event in enumerate(log):
        kind, data = ev.to_stored(event.body)
        entry = LogEntry(interview_id=interview_id, seq=event.seq, at=at, kind=kind, data=data)
        entry.key = key if i == keyed else None
        entries.append(entry)
    return fold(log, state), entries
