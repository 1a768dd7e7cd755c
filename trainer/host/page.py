"""What the scorecard's page shows. Nothing of the machine's grade, of the candidate's own checks or
notes, or of other raters is read here: a rater is blind until they submit."""

from dataclasses import dataclass
from typing import Any

from trainer.catalog.packs import get_pack
from trainer.catalog.schema import Pack, Point
from trainer.catalog.signals_schema import Signal
from trainer.host.card import Card, Mark, PointSaid, from_json
from trainer.host.differences import differences
from trainer.host.models import Draft, Invitation
from trainer.interviews.report.topics import topics
from trainer.interviews.selectors import state_of
from trainer.interviews.state import State
from trainer.lib.ids import new_id


@dataclass(frozen=True, slots=True)
class Choice:
    """A score that can be given: its number, its name, and what it looks like at the level."""

    value: str
    name: str
    anchor: str


@dataclass(frozen=True, slots=True)
class SignalField:
    signal: Signal
    choices: tuple[Choice, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class PointField:
    point: Point
    said: PointSaid


@dataclass(frozen=True, slots=True)
class TopicFields:
    """The points of a topic that came up; one that was shown before is left out."""

    title: str
    points: tuple[PointField, ...]


def read_context(seat: Invitation, state: State) -> dict[str, Any]:
    """What a rater reads: transcript and outline."""
    pack = get_pack(seat.interview.pack)
    return {
        "seat": seat,
        "interview": seat.interview,
        "pack": pack,
        "lines": state.lines,
        "outline": state.text_of("outline").on_time,
        "seq": state.seq,
        "status": state.status,
        "format": pack.format(state.format_id),
        "level": state.level,
        "started_at": state.started_at,
    }


def card_context(
    seat: Invitation,
    draft: Draft | None,
    typed: Card | None = None,
    state: State | None = None,
) -> dict[str, Any]:
    """The whole page. `typed`: what to show in the fields instead of the draft."""
    state = state or state_of(seat.interview)
    context = read_context(seat, state)
    pack: Pack = context["pack"]
    stored = from_json(draft.content) if draft else Card()
    card = typed or stored
    other = from_json(draft.other) if draft and draft.other else None
    return context | {
        "card": card,
        "revision": draft.revision if draft else 0,
        "saved_at": draft.saved_at if draft and draft.revision else None,
        "editor": new_id(),
        "signals": tuple(_signal(each, card, state, pack) for each in pack.signals.signals),
        "verdicts": pack.signals.verdicts[::-1],
        "topics": topic_fields(card, state, pack),
        "second": differences(stored, other, pack) if other else (),
    }


def topic_fields(card: Card, state: State, pack: Pack) -> tuple[TopicFields, ...]:
    """The points to overrule, by topic."""
    seen: set[str] = set()
    found = []
    for topic in topics(state, pack):
        new = [point for point in topic.points if point.id not in seen]
        seen |= {point.id for point in new}
        fields = (PointField(p, card.point(p.id) or PointSaid(p.id, None)) for p in new)
        found.append(TopicFields(topic.title, tuple(fields)))
    return tuple(each for each in found if each.points)


def _signal(signal: Signal, card: Card, state: State, pack: Pack) -> SignalField:
    anchors = signal.anchors[state.level]
    choices = (
        Choice(str(score), pack.signals.name_of(score), text) for score, text in anchors.items()
    )
    return SignalField(signal, tuple(choices), card.mark(signal.id))
