"""A second answer: the clock is the server's, nothing typed is lost, both answers are shown."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.interviews.sitting import Sitting
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client: Client) -> Client:
    user = User.objects.create_user("candidate", password="pass-word-12345")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def sat(visitor: Client) -> Sitting:
    return Sitting(User.objects.get(), "45").sit()


@pytest.fixture
def line(sat: Sitting) -> str:
    return next(name for name in sorted(sat.state.spoken()) if name.startswith("trap:"))


@pytest.fixture
def page(sat: Sitting, line: str) -> str:
    return reverse("interviews:redo", args=[sat.interview.id, line])


def begin(visitor: Client, page: str) -> str:
    """Opens the moment; gives its start as the address carries it."""
    response = visitor.get(page)
    assert response.status_code == 302
    return response["Location"].partition("start=")[2]


def test_the_first_answer_is_hidden_while_the_second_is_written(
    visitor: Client, page: str, sat: Sitting, line: str
) -> None:
    form = visitor.get(page, follow=True).text
    asked = next(each for each in sat.state.lines if each.name == line)
    answer = next(each for each in sat.state.said() if each.seq > asked.seq)
    assert asked.text.replace("'", "&#x27;") in form
    assert answer.text not in form
    assert "2:00" in form


def test_a_reload_does_not_begin_the_two_minutes_again(visitor: Client, page: str) -> None:
    with time_machine.travel("2026-03-03T10:00:00Z", tick=False) as now:
        start = begin(visitor, page)
        now.shift(45)
        assert "1:15" in visitor.get(f"{page}?start={start}").text


def test_both_answers_are_compared_with_the_time_the_server_measured(
    visitor: Client, page: str, sat: Sitting, line: str
) -> None:
    with time_machine.travel("2026-03-03T10:00:00Z", tick=False) as now:
        start = begin(visitor, page)
        now.shift(150)
        response = visitor.post(page, {"start": start, "text": "A better answer."}, follow=True)
    assert sat.state.redone[line][0].seconds == 150
    assert "A better answer." in response.text
    assert "In 2:30, over the two minutes" in response.text
    assert "Key points" in response.text


def test_the_same_answer_sent_twice_is_one_and_a_changed_one_another(
    visitor: Client, page: str, sat: Sitting, line: str
) -> None:
    start = begin(visitor, page)
    for text in ("Once.", "Once.", "Changed."):
        visitor.post(page, {"start": start, "text": text})
    assert [redone.text for redone in sat.state.redone[line]] == ["Once.", "Changed."]


@pytest.mark.parametrize("start", ["", "forged", "eyJhIjoxfQ:1abc:signature"])
def test_a_start_that_cannot_be_read_keeps_the_answer(
    start: str, visitor: Client, page: str, sat: Sitting
) -> None:
    response = visitor.post(page, {"start": start, "text": "Still here."})
    assert response.status_code == 422
    assert "Still here." in response.text
    assert "the clock began again" in response.text
    assert sat.state.redone == {}


@pytest.mark.parametrize(
    ("text", "sentence"), [("  ", "nothing to compare yet"), ("x" * 20_001, "limit is 20,000")]
)
def test_a_refused_answer_is_kept_in_its_box(
    text: str, sentence: str, visitor: Client, page: str, sat: Sitting
) -> None:
    response = visitor.post(page, {"start": begin(visitor, page), "text": text})
    assert response.status_code == 422
    assert sentence in response.text
    assert text in response.text
    assert sat.state.redone == {}


@pytest.mark.parametrize("line", ["opening", "trap:none", "heard", "%0A"])
def test_a_moment_that_is_not_there_is_not_found(line: str, visitor: Client, sat: Sitting) -> None:
    response = visitor.get(f"/interviews/{sat.interview.id}/redo/{line}/")
    assert response.status_code == 404
    assert "Choose one from the report" in response.text


def test_there_is_nothing_to_compare_before_the_second_answer(visitor: Client, page: str) -> None:
    assert visitor.get(page + "?compare").status_code == 302


def redo_all(visitor: Client, sat: Sitting) -> str:
    """Answers every chosen moment again by the report's own button; gives the report then."""
    report = reverse("interviews:report", args=[sat.interview.id])
    for _ in range(3):
        text = visitor.get(report).text
        address = re.search(r'class="button primary" href="([^"]+)">', text)[1]
        visitor.post(address, {"start": begin(visitor, address), "text": "Again."})
    return visitor.get(report).text


def test_when_every_moment_is_answered_again_the_button_offers_another_answer(
    visitor: Client, sat: Sitting
) -> None:
    text = redo_all(visitor, sat)
    assert len(sat.state.redone) == 3
    address = re.search(r'class="button primary" href="([^"]+)">Answer once more</a>', text)[1]
    assert visitor.get(address, follow=True).status_code == 200


def test_the_compared_answers_say_whose_the_marks_are(
    visitor: Client, page: str, sat: Sitting
) -> None:
    start = begin(visitor, page)
    text = visitor.post(page, {"start": start, "text": "Better."}, follow=True).text
    assert "The marks belong to your first answer" in text
    assert f'href="{page}">Answer once more</a>' in text
