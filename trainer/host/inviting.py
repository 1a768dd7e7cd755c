"""The verbs around invitations: make, revoke, look one up, accept."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from trainer.accounts.models import User
from trainer.host.errors import BadInvitation, LinkClosed, OwnInterview, UnknownLink
from trainer.host.locks import lock_people
from trainer.host.models import LABEL_MAX, Invitation
from trainer.host.reading import inert
from trainer.host.selectors import seat_of
from trainer.interviews.models import Interview
from trainer.lib.tokens import hashed, new_token

DAYS: Final = (1, 7, 30)
DEFAULT_DAYS: Final = 7
INVITATIONS_MAX: Final = 50  # of one interview, revoked ones included
ASK_AGAIN: Final = "Ask the candidate for a new link."


def invite(interview: Interview, label: str, days: int, now: datetime) -> tuple[Invitation, str]:
    """A new invitation and its token, which is told this once. Raises BadInvitation."""
    called = " ".join(inert(label).split())
    if not called or len(called) > LABEL_MAX:
        raise BadInvitation(
            f"A name has 1 to {LABEL_MAX} characters; this one has {len(called)}. "
            "Name the person whom you invite."
        )
    if days not in DAYS:
        raise BadInvitation("A link is good for 1, 7 or 30 days. Choose one of these.")
    token = new_token()
    with transaction.atomic():
        lock_people(interview.owner_id)
        locked = Interview.objects.select_for_update().filter(pk=interview.pk).first()
        if locked is None:
            raise BadInvitation("This interview was deleted, so nobody can be invited to it.")
        if interview.invitations.count() >= INVITATIONS_MAX:
            raise BadInvitation(
                f"This interview has {INVITATIONS_MAX} invitations, and no more can be made."
            )
        made = Invitation.objects.create(
            interview=locked,
            made_by_id=locked.owner_id,
            label=called,
            token_hash=hashed(token),
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
    return made, token


def revoke(interview: Interview, invitation_id: str, now: datetime) -> bool:
    """End an invitation: its link, and the access of who accepted it. False where the interview has
    none of that id. Twice is once."""
    mine = Invitation.objects.filter(interview=interview, pk=invitation_id)
    mine.filter(revoked_at=None).update(revoked_at=now)
    return mine.exists()


def look_up(token: str, person: User | None, now: datetime) -> Invitation:
    """The invitation of a link, where `person` may accept it or has. Raises UnknownLink,
    LinkClosed or OwnInterview."""
    found = Invitation.objects.select_related("interview").filter(token_hash=hashed(token)).first()
    if found is None:
        raise UnknownLink(
            "No invitation has this link. Look whether it was copied whole, or ask for a new one."
        )
    _check_open(found, person, now)
    return found


def accept(token: str, person: User, now: datetime) -> Invitation:
    """Makes `person` an interviewer of the interview. Who already is one keeps their seat, and the
    link stays free. Raises as `look_up` does."""
    with transaction.atomic():
        found = look_up(token, person, now)
        if person.pk not in lock_people(person.pk, found.interview.owner_id):
            raise LinkClosed("You have signed in or out meanwhile. Open the link again.")
        locked = Invitation.objects.select_for_update().get(pk=found.pk)
        locked.interview = found.interview
        _check_open(locked, person, now)
        if locked.accepted_at is None and seat_of(locked.interview_id, person.pk) is None:
            locked.accepted_by, locked.accepted_at = person, now
            locked.save(update_fields=["accepted_by", "accepted_at"])
    return locked


def _check_open(invitation: Invitation, person: User | None, now: datetime) -> None:
    if person is not None and invitation.interview.owner_id == person.pk:
        raise OwnInterview(
            "This is your own interview, and nobody scores their own. Send the link to somebody "
            "else, or open it in a browser where you are not signed in."
        )
    if invitation.revoked_at is not None:
        raise LinkClosed(f"This invitation was withdrawn. {ASK_AGAIN}")
    if invitation.accepted_at is not None:
        if person is None or invitation.accepted_by_id != person.pk:
            raise LinkClosed(
                "Somebody has accepted this invitation; a link is for one person. If that was you, "
                f"go on in the browser or account that you used then. Otherwise: {ASK_AGAIN}"
            )
    elif invitation.expires_at <= now:
        raise LinkClosed(
            f"This invitation ended on {invitation.expires_at:%d %B %Y at %H:%M UTC}. {ASK_AGAIN}"
        )
