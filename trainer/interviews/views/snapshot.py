"""What the room shows: the context of its templates, and the same as JSON for the page's script."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from trainer.board.drawing import draw
from trainer.board.outline import parse
from trainer.catalog.packs import get_pack
from trainer.catalog.schema import Format
from trainer.interviews.events import FIELDS, LEVELS
from trainer.interviews.models import Interview
from trainer.interviews.services import Outcome
from trainer.interviews.state import State

UNDO_SHOWN = timedelta(seconds=10)
FRAGMENTS = ("header", "setup", "lines", "drawing")
CUES = {
    "amber": "Two minutes or less left in {phase}.",
    "red": "{phase} is over by the plan. Move on, or stay and take the time from the next phase.",
    "late": "Time is up. Finish when you are ready; what you add now is marked late.",
}


def room_context(interview: Interview, state: State, now: datetime) -> dict[str, Any]:
    """Everything that the room's templates need."""
    pack = get_pack(interview.pack)
    face = state.clock(now)
    moved = state.moved_at is not None and now - state.moved_at < UNDO_SHOWN
    phases = state.plan.phases
    planned = pack.format(state.format_id)
    return {
        "interview": interview,
        "pack": pack,
        "state": state,
        "face": face,
        "phase": phases[state.phase],
        "next_phase": phases[state.phase + 1] if state.phase + 1 < len(phases) else None,
        "next_index": state.phase + 1,
        "just_moved": moved and state.status == "running",
        "late": state.is_late(now),
        "cues": CUES,
        "cue": _cue(state, now),
        "draft": state.text_of("draft"),
        "outline": state.text_of("outline"),
        "notes": state.text_of("notes"),
        "drawing": draw(parse(state.text_of("outline").text)),
        "levels": LEVELS,
        "custom_minutes": _custom_minutes(state, planned),
    }


def _cue(state: State, now: datetime) -> str:
    """The sentence under the conversation: what the clock asks for."""
    if state.status != "running":
        return ""
    name = "late" if state.is_late(now) else state.clock(now).cue
    return CUES.get(name, "").format(phase=state.plan.phases[state.phase].name)


def _custom_minutes(state: State, planned: Format | None) -> int | None:
    """The minutes in all before extra time, where they are not the format's own."""
    minutes = round(state.plan.total_s / 60 / state.extra)
    usual = round(planned.minutes) if planned else minutes
    return None if state.plan.untimed or minutes == usual else minutes


def snapshot(
    request: HttpRequest,
    interview: Interview,
    state: State,
    now: datetime,
    *,
    outcome: Outcome | None = None,
    seen: int | None = None,
    with_texts: bool = False,
) -> dict[str, Any]:
    """The room as JSON: the clock, each field's revision, and the parts of the page as HTML
    (when the page has `seen` the whole log, only the header: its Undo goes by itself).

    After a save, the field's revision is the one that *this* save made, even when the answer to
    it was lost and it was sent again after another tab had saved: the page must not take the
    other's text for its own.
    """
    context = room_context(interview, state, now) | {"scripted": True}
    face = context["face"]
    fields = {
        name: {"revision": state.text_of(name).revision}
        | ({"text": state.text_of(name).text} if with_texts else {})
        for name in FIELDS
    }
    return {
        "csrf": get_token(request),
        "seq": state.seq,
        "status": state.status,
        "phase": state.phase,
        "clock": {
            "elapsed_s": face.elapsed_s,
            "phase_left_s": face.phase_left_s,
            "total_left_s": face.total_left_s,
        },
        "fields": fields,
        "saved": outcome.saved if outcome else None,
        "conflict": outcome.conflict if outcome else None,
        "html": {
            name: render_to_string(f"interviews/_{name}.html", context, request)
            for name in (FRAGMENTS[:1] if seen == state.seq else FRAGMENTS)
        },
    }
