"""The verbs of a rater: save the draft, discard a second version, submit."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from trainer.catalog.prose import plain
from trainer.catalog.schema import Pack
from trainer.host.card import Card, from_json, to_json
from trainer.host.errors import AlreadySubmitted, NotReady, SeatGone
from trainer.host.locks import lock_people
from trainer.host.models import Draft, Invitation, Scorecard
from trainer.host.readiness import frozen, lacking
from trainer.host.selectors import card_of
from trainer.interviews.state import State


@dataclass(frozen=True, slots=True)
class From:
    """Which page sends: `editor` is its id, `turn` how often it has sent, and `base` the revision
    that it was filled in upon."""

    base: int
    editor: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Saved:
    """`conflict`: another page had saved first; `draft` is then as it was, but for `other`."""

    draft: Draft
    conflict: bool = False


def save(seat: Invitation, rater_id: int, card: Card, origin: From, now: datetime) -> Saved:
    """Keeps the whole card. One that was filled in upon an older revision replaces nothing: it is
    kept beside, as the draft's `other`. Raises AlreadySubmitted or SeatGone."""
    content = to_json(card)
    with transaction.atomic():
        draft = _locked(seat, rater_id, now)
        if from_json(draft.content) == card and draft.revision:
            return Saved(draft)
        if not _follows(draft, origin):
            draft.other = content
            draft.save(update_fields=["other"])
            return Saved(draft, conflict=True)
        draft.content, draft.revision = content, draft.revision + 1
        draft.editor, draft.turn, draft.saved_at = origin.editor, origin.turn, now
        draft.other = None if draft.other == content else draft.other
        draft.save()
    return Saved(draft)


def discard_other(seat: Invitation, rater_id: int, now: datetime) -> None:
    """Lets the version go that came second. Raises AlreadySubmitted or SeatGone."""
    with transaction.atomic():
        draft = _locked(seat, rater_id, now)
        draft.other = None
        draft.save(update_fields=["other"])


def submit(
    seat: Invitation, rater_id: int, revision: int, state: State, pack: Pack, now: datetime
) -> Scorecard:
    """Freezes the draft as it stands at `revision`. Raises NotReady, AlreadySubmitted or
    SeatGone."""
    with transaction.atomic():
        draft = _locked(seat, rater_id, now)
        if draft.revision != revision:
            raise NotReady(("The draft has changed since you looked. Look at it once more.",))
        card = from_json(draft.content)
        if reasons := lacking(card, state, pack):
            raise NotReady(reasons)
        made = Scorecard.objects.create(
            interview=seat.interview,
            rater_id=rater_id,
            who=seat.label,
            content=frozen(card, state, pack, partial(plain, pack)),
            submitted_at=now,
        )
        draft.delete()
    return made


def _locked(seat: Invitation, rater_id: int, now: datetime) -> Draft:
    """The rater's draft, made if need be. The seat's lock keeps a late save from making a new draft
    while the card is being submitted. Raises SeatGone, AlreadySubmitted."""
    lock_people(rater_id, seat.interview.owner_id)
    taken = Invitation.objects.select_for_update().filter(accepted_by=rater_id, revoked_at=None)
    if taken.filter(pk=seat.pk).first() is None:
        raise SeatGone("This invitation is no longer yours.")
    if card_of(seat.interview, rater_id):
        raise AlreadySubmitted
    Draft.objects.get_or_create(
        interview=seat.interview, rater_id=rater_id, defaults={"saved_at": now}
    )
    return Draft.objects.select_for_update().get(interview=seat.interview, rater_id=rater_id)


def _follows(draft: Draft, origin: From) -> bool:
    """Whether the page knew what is stored: the same revision, or its own save before, whose answer
    may not have come back yet."""
    own = bool(origin.editor) and draft.editor == origin.editor and origin.turn > draft.turn
    return origin.base == draft.revision or own
