"""What two requests of one person do to an interview at the same moment."""

import pytest

from tests.interviews.sitting import START
from tests.races import locks, meanwhile
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User
from trainer.grading.models import Grading
from trainer.interviews.commands import Finish, Start
from trainer.interviews.selectors import state_of
from trainer.interviews.services import open_interview, run

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_sign_in_while_an_interview_ends_neither_fails_nor_loses_its_grading() -> None:
    guest = User.objects.create(username="guest-1", is_guest=True)
    account = User.objects.create(username="ada")
    interview = open_interview(guest, "twitter", "8", START)
    run(interview.id, Start(), now=START)

    def ends() -> None:
        run(interview.id, Finish(), now=START)

    meanwhile(locks(guest), ends, lambda: merge_guest(guest.pk, account.pk))
    interview.refresh_from_db()
    assert state_of(interview).status == "finished"
    assert (interview.owner, Grading.objects.get().owner) == (account, account)
