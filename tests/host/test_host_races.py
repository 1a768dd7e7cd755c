"""What a rater and a candidate do while one of them signs in, which takes a guest's rows along."""

import pytest

from tests.host.seats import now, seat
from tests.interviews.sitting import START
from tests.races import locks, meanwhile
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User
from trainer.host.card import Card
from trainer.host.errors import SeatGone
from trainer.host.inviting import invite
from trainer.host.models import Draft, Invitation
from trainer.host.scoring import From, save
from trainer.interviews.services import open_interview

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_sign_in_while_a_link_is_made_or_a_draft_saved_neither_fails_nor_hangs() -> None:
    guest = User.objects.create(username="guest-1", is_guest=True)
    account = User.objects.create(username="ada")
    interview = open_interview(guest, "twitter", "8", START)
    meanwhile(
        locks(guest),
        lambda: invite(interview, "Ann", 7, now()),
        lambda: merge_guest(guest.pk, account.pk),
    )
    assert Invitation.objects.get().made_by == account

    interview.refresh_from_db()
    rater = User.objects.create(username="guest-2", is_guest=True)
    taken = seat(interview, rater)
    other = User.objects.create(username="bob")
    with pytest.raises(SeatGone):
        meanwhile(
            locks(rater),
            lambda: save(taken, rater.pk, Card(), From(0), now()),
            lambda: merge_guest(rater.pk, other.pk),
        )
    taken.refresh_from_db()
    assert taken.accepted_by == other
    assert not Draft.objects.exists()
