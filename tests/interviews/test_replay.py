"""The replay's page: every second has an address, with and without a script."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.interviews.sitting import Sitting
from trainer.accounts.models import User
from trainer.interviews.commands import Finish

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client: Client) -> Client:
    user = User.objects.create_user("candidate", password="pass-word-12345")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def page(visitor: Client) -> str:
    sitting = Sitting(User.objects.get(), "45").sit()
    return reverse("interviews:replay", args=[sitting.interview.id])


def test_a_second_shows_the_talk_the_outline_and_the_clock_of_then(
    visitor: Client, page: str
) -> None:
    early = visitor.get(f"{page}?t=100").text
    assert "Nothing drawn yet" in early
    assert "3:20 left in the phase" in early
    later = visitor.get(f"{page}?t=1000").text
    assert "Timeline Service" in later
    assert "Deep Dive" in later


def test_the_report_and_the_replay_name_the_same_second(visitor: Client) -> None:
    sitting = Sitting(User.objects.get(), "8")
    sitting.say("How many users do we have?").at(126.9).say("And how fast?").at(300).do(Finish())
    replay = reverse("interviews:replay", args=[sitting.interview.id])
    report = visitor.get(reverse("interviews:report", args=[sitting.interview.id])).text
    assert f'href="{replay}?t=126">2:06</a>' in report
    then = visitor.get(f"{replay}?t=126").text
    assert "<b>2:06</b>" in then
    assert "And how fast?" in then


def test_a_script_gets_the_moment_alone(visitor: Client, page: str) -> None:
    response = visitor.get(f"{page}?t=100", headers={"HX-Request": "true"})
    assert "<html" not in response.text
    assert 'id="moment"' in response.text
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("second", ["", "-5", "x", "9" * 12, "9" * 40, "1.5", "²"])
def test_any_second_that_is_asked_for_has_an_answer(
    second: str, visitor: Client, page: str
) -> None:
    assert visitor.get(page, {"t": second}).status_code == 200


def test_a_phase_that_ran_over_says_by_how_much(visitor: Client, page: str) -> None:
    assert "over the phase by 0:10" in visitor.get(f"{page}?t=310").text
