import pytest
from django.test import Client

from tests.host.seats import client_of, seat
from tests.interviews.sitting import Sitting
from trainer.accounts.models import User
from trainer.host.models import Invitation
from trainer.resilience.redis_clients import rebuildable


@pytest.fixture(autouse=True)
def _nothing_counted(servers: None) -> None:
    for key in rebuildable().scan_iter("*host:joins:*"):
        rebuildable().delete(key)


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("candidate")


@pytest.fixture
def rater(db: None) -> User:
    return User.objects.create_user("interviewer")


@pytest.fixture
def sat(owner: User) -> Sitting:
    """A finished interview with private notes."""
    return Sitting(owner, "45").sit()


@pytest.fixture
def own_seat(sat: Sitting, rater: User) -> Invitation:
    return seat(sat.interview, rater)


@pytest.fixture
def rating(own_seat: Invitation, rater: User) -> Client:
    return client_of(rater)
