"""What follows from rows is computed again when a guest's rows have joined them."""

import pytest

from trainer.accounts import joining
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest() -> User:
    return User.objects.create(username="guest-0", is_guest=True)


@pytest.fixture
def account() -> User:
    return User.objects.create(username="Ann")


@pytest.fixture(autouse=True)
def only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "_keepers", [])
    monkeypatch.setattr(joining, "_joiners", [])


def test_each_room_is_told_once_when_the_rows_have_moved(guest: User, account: User) -> None:
    seen = []

    def look(person: User) -> None:
        seen.append((person, User.objects.filter(pk=guest.pk).exists()))

    joining.register(look)
    joining.register(look)
    merge_guest(guest.pk, account.pk)
    assert seen == [(account, False)]


def test_a_room_can_keep_what_would_be_lost_before_the_rows_move(
    guest: User, account: User
) -> None:
    seen = []

    def look(one: User, other: User) -> None:
        seen.append((one.username, other.username, User.objects.filter(pk=guest.pk).exists()))

    joining.register_keeper(look)
    merge_guest(guest.pk, account.pk)
    assert seen == [("guest-0", "Ann", True)]


def test_nobody_is_told_where_nothing_was_merged(guest: User, account: User) -> None:
    joining.register(lambda person: pytest.fail("told of a merge that was none"))
    merge_guest(account.pk, guest.pk)
    merge_guest(guest.pk, guest.pk)


def test_a_room_that_cannot_compute_undoes_the_merge(guest: User, account: User) -> None:
    def fails(person: User) -> None:
        raise ValueError("No answers.")

    joining.register(fails)
    with pytest.raises(ValueError, match="No answers"):
        merge_guest(guest.pk, account.pk)
    assert User.objects.filter(pk=guest.pk, is_guest=True).exists()
