from collections.abc import Callable

import pytest
from django.test import Client

from trainer.accounts.models import User
from trainer.resilience import redis_clients

PASSWORD = "a-long-walk-home"


@pytest.fixture(autouse=True)
def nobody_signed_up_yet(servers: None) -> None:
    """The count of sign-ups outlives a test; start each one at none."""
    redis_clients.rebuildable().delete("accounts:sign-ups:127.0.0.1")


@pytest.fixture(autouse=True)
def with_a_room(settings) -> None:
    """The site plus one room that makes guests, as every room does at its first POST."""
    settings.ROOT_URLCONF = "tests.accounts.room_urls"


@pytest.fixture
def account(db) -> User:
    return User.objects.create_user("Ann", password=PASSWORD)


@pytest.fixture
def signed_in(account: User) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def as_guest(db) -> Callable[[], tuple[Client, User]]:
    """Makes a browser and the guest its first POST made."""

    def enter() -> tuple[Client, User]:
        client = Client()
        client.post("/room/")
        return client, User.objects.get(pk=client.session["_auth_user_id"])

    return enter
