from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client
from django.utils import timezone

from tests.accounts.conftest import PASSWORD
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_tries(settings) -> None:
    settings.AXES_FAILURE_LIMIT = 3


def attempt(password: str = "wrong", name: str = "Ann", address: str = "10.0.0.1", **headers):
    fields = {"username": name, "password": password}
    return Client().post("/you/sign-in/", fields, REMOTE_ADDR=address, headers=headers)


def fail(times: int = 3, **where) -> None:
    for _ in range(times):
        attempt(**where)


def test_after_the_limit_even_the_right_password_waits_and_is_told_how_long(account):
    fail()
    response = attempt(PASSWORD)
    assert response.status_code == 429
    assert 14 * 60 < int(response.headers["Retry-After"]) <= 15 * 60
    assert "for 15 more minutes" in response.content.decode()


def test_the_last_allowed_failure_says_so_itself(account):
    fail(2)
    assert attempt().status_code == 429


@pytest.mark.parametrize("name", ["ann", "ANN", " Ann"])
def test_each_spelling_of_a_name_counts_as_one(account, name):
    fail(2, name="Ann")
    assert attempt(name=name).status_code == 429


def test_a_name_without_an_account_is_locked_alike():
    fail(name="nobody")
    assert attempt(name="nobody").status_code == 429


def test_another_address_and_another_name_are_not_locked(account):
    User.objects.create_user("Bob", password=PASSWORD)
    fail()
    assert attempt(PASSWORD, address="10.0.0.2").status_code == 302
    assert attempt(PASSWORD, name="Bob").status_code == 302


def test_the_lock_opens_in_time_though_somebody_keeps_trying(account):
    fail()
    long_ago = timezone.now() - timedelta(minutes=14)
    AccessAttempt.objects.update(attempt_time=long_ago)
    assert attempt().status_code == 429
    assert AccessAttempt.objects.get().attempt_time == long_ago
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert attempt(PASSWORD).status_code == 302


def test_signing_in_forgets_the_failures(account):
    fail(2)
    attempt(PASSWORD)
    fail(2)
    assert attempt(PASSWORD).status_code == 302


def test_the_locked_page_is_closed_to_other_origins_and_caches(account):
    fail()
    response = attempt(**{"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 429
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "no-store" in response.headers["Cache-Control"]


def test_nothing_secret_is_stored_with_a_failure(account):
    attempt("my-real-passw0rd")
    stored = AccessAttempt.objects.values().get()
    assert "my-real-passw0rd" not in str(stored)


def test_nobody_keeps_a_list_of_who_signed_in_from_where(account):
    attempt(PASSWORD)
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("path", ["/you/password/", "/you/delete/"])
def test_a_borrowed_session_cannot_try_passwords_without_end(signed_in, account, path):
    fields = {"current_password": "wrong-guess-1", "new_password": "x" * 20, "repeated": "x" * 20}
    codes = [signed_in.post(path, fields).status_code for _ in range(4)]
    assert codes == [200, 200, 429, 429]
    assert "wrong-guess-1" not in str(AccessAttempt.objects.values().get())
    assert "x" * 20 not in str(AccessAttempt.objects.values().get())
    fields["current_password"] = PASSWORD
    assert signed_in.post(path, fields).status_code == 429
    assert User.objects.get(pk=account.pk).check_password(PASSWORD)
