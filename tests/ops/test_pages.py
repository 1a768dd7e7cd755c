"""The pages for what goes wrong."""

import pytest
from django.test import Client, RequestFactory

from trainer.ops import views


def test_an_old_form_is_told_how_to_go_on() -> None:
    answer = Client(enforce_csrf_checks=True).post("/you/sign-in/", {"username": "a"})
    assert answer.status_code == 403
    assert "Your form was open too long" in answer.content.decode()


def test_an_error_of_ours_is_said_without_details(rf: RequestFactory) -> None:
    try:
        raise ValueError("the secret")
    except ValueError:
        answer = views.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
    assert "the secret" not in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_leads_to_the_front_page(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()
