"""The Markdown export: whole, and inert."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.interviews.sitting import HOSTILE, Sitting
from trainer.accounts.models import User
from trainer.interviews import commands as cmd
from trainer.interviews.report.fences import fenced

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create_user("candidate", password="pass-word-12345")


@pytest.fixture
def visitor(client: Client, user: User) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def export(visitor: Client, sitting: Sitting) -> str:
    response = visitor.get(reverse("interviews:export", args=[sitting.interview.id]))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="interview-2026-03-02-')
    return response.content.decode()


def test_the_export_holds_every_line_and_text(visitor: Client, user: User) -> None:
    sitting = Sitting(user, "45").sit()
    text = export(visitor, sitting)
    for line in sitting.state.lines:
        assert line.text in text
    assert sitting.state.text_of("outline").text in text
    assert "Ask about regions if time allows." in text


def test_prose_of_the_pack_comes_with_its_numbers(visitor: Client, user: User) -> None:
    text = export(visitor, Sitting(user, "45").sit())
    assert "{{n:" not in text
    assert "1.5 s" in text


def test_what_was_typed_stays_in_its_fence(visitor: Client, user: User) -> None:
    sitting = Sitting(user, "8").say(HOSTILE).save("notes", HOSTILE).at(60).do(cmd.Finish())
    assert export(visitor, sitting).count(fenced(HOSTILE)) >= 2
