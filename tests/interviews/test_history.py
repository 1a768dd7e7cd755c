"""The list of attempts: one's own, measured numbers only."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.interviews.sitting import START, Sitting
from trainer.accounts.models import User
from trainer.interviews.models import Interview

pytestmark = pytest.mark.django_db
EMPTY = "No interviews yet. The first takes 8 or 45 minutes."


@pytest.fixture
def user() -> User:
    return User.objects.create_user("candidate", password="pass-word-12345")


@pytest.fixture
def visitor(client: Client, user: User) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_who_is_nobody_yet_is_invited(client: Client) -> None:
    page = client.get("/interviews/")
    assert page.status_code == 200
    assert EMPTY in page.text
    assert User.objects.count() == 0


def test_attempts_are_listed_with_what_was_measured(visitor: Client, user: User) -> None:
    Sitting(user, "8").sit()
    running = Sitting(user, "45", opened=START + timedelta(days=1)).say("How many users?")
    page = visitor.get("/interviews/").text
    assert "2 of 7" in page
    assert page.index("Not finished") < page.index(running.interview.id)
    assert page.index(running.interview.id) < page.index("Finished attempts")
    assert page.count(running.interview.id) == 1
    assert EMPTY not in page
    assert "<figure" not in page  # one finished attempt makes no line


def test_what_is_open_is_listed_before_anything_is_finished(visitor: Client, user: User) -> None:
    opened = [Sitting(user, "8", opened=START + timedelta(days=day)) for day in range(7)]
    page = visitor.get("/interviews/").text
    assert "No finished interview yet" in page
    assert "<table" not in page
    assert "<summary>2 more</summary>" in page
    assert all(f"/interviews/{each.interview.id}/" in page for each in opened)


def test_two_finished_attempts_make_charts(visitor: Client, user: User) -> None:
    for day in range(2):
        Sitting(user, "8", opened=START + timedelta(days=day)).sit()
    page = visitor.get("/interviews/").text
    assert page.count("<figure") == 3
    assert "From the oldest to the newest: 2, 2." in page


def test_others_attempts_are_not_listed(visitor: Client) -> None:
    other = User.objects.create_user("other", password="pass-word-12345")
    Sitting(other, "8").sit()
    assert EMPTY in visitor.get("/interviews/").text


def test_an_attempt_whose_pack_has_gone_is_still_listed(visitor: Client, user: User) -> None:
    Sitting(user, "8").sit()
    Interview.objects.update(pack="gone")
    assert visitor.get("/interviews/").status_code == 200


@pytest.mark.parametrize("page", ["2", "0", "x", "99999999999"])
def test_any_page_that_is_asked_for_has_an_answer(page: str, visitor: Client, user: User) -> None:
    Sitting(user, "8").sit()
    assert visitor.get("/interviews/", {"page": page}).status_code == 200
