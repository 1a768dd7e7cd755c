"""The questions: who may score an interview, and what was scored."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q, QuerySet

from trainer.host.card import from_json
from trainer.host.models import Draft, Invitation, Scorecard
from trainer.interviews.models import Interview


def seat_of(interview_id: str, person_id: int | None) -> Invitation | None:
    """The invitation by which a person may score an interview: accepted, not revoked, and not
    their own interview (a guest may have become its owner's account)."""
    seats = Invitation.objects.filter(
        interview_id=interview_id, accepted_by_id=person_id, revoked_at=None
    )
    if person_id is None:
        return None
    others = seats.exclude(interview__owner_id=person_id)
    return others.select_related("interview").order_by("accepted_at", "id").first()


def invitations_of(interview: Interview) -> QuerySet[Invitation]:
    """All of an interview, the newest first."""
    return interview.invitations.select_related("accepted_by")


def draft_of(interview: Interview, person_id: int) -> Draft | None:
    return Draft.objects.filter(interview=interview, rater_id=person_id).first()


def card_of(interview: Interview, person_id: int) -> Scorecard | None:
    """What this person submitted, if they have."""
    return Scorecard.objects.filter(interview=interview, rater_id=person_id).first()


def cards_of(interview: Interview) -> QuerySet[Scorecard]:
    """The submitted scorecards in the order in which they came, without one by the candidate."""
    by_others = Q(rater=None) | ~Q(rater=F("interview__owner"))
    return Scorecard.objects.filter(by_others, interview=interview)


def overruled(interview: Interview) -> Iterable[tuple[str, str, bool, datetime]]:
    """Provider of the interview's grade: (who, point id, covered, at) of submitted scorecards."""
    for card in cards_of(interview):
        for said in from_json(card.content).points:
            if said.covered is None:
                continue
            yield card.who, said.point, said.covered, card.submitted_at
