"""Invitations: who makes, accepts and ends them, and what their links give away."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from tests.host.seats import client_of, now, seat
from tests.interviews.sitting import Sitting
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User
from trainer.host import throttle
from trainer.host.inviting import INVITATIONS_MAX, accept, invite
from trainer.host.models import Invitation
from trainer.host.selectors import cards_of, seat_of

pytestmark = pytest.mark.django_db


def made(sat: Sitting, **more: str) -> tuple[str, str]:
    """The owner makes a link by the form: the address, and the page that shows it."""
    client = client_of(sat.user)
    response = client.post(
        f"/interviews/{sat.interview.id}/invitations/", {"label": "Ann", "days": "7", **more}
    )
    assert response.status_code == 201
    link = re.search(r'value="http://testserver(/join/[\w-]{43}/)"', response.text)
    assert link
    return link[1], response.text


def test_the_link_is_shown_once_and_only_its_hash_is_stored(sat: Sitting) -> None:
    address, _ = made(sat)
    token = address.split("/")[2]
    again = client_of(sat.user).get(f"/interviews/{sat.interview.id}/invitations/")
    assert token not in again.text
    assert "Open until" in again.text
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(i)::text FROM host_invitation i")
        assert token not in cursor.fetchone()[0]


def test_a_stranger_sees_what_it_is_and_becomes_a_guest_by_accepting(sat: Sitting) -> None:
    address, _ = made(sat)
    before = User.objects.count()
    stranger = Client()
    page = stranger.get(address).text
    assert "2 March 2026" in page
    assert "45 minutes" in page
    assert sat.state.said()[1].text[:40] not in page
    assert User.objects.count() == before
    response = stranger.post(address)
    assert response["Location"] == f"/interviews/{sat.interview.id}/scorecard/"
    assert stranger.get(response["Location"]).status_code == 200
    assert User.objects.filter(is_guest=True).count() == 1
    assert stranger.post(address).status_code == 302  # who has accepted comes back by the link


def test_a_link_is_for_one_person(sat: Sitting, rater: User) -> None:
    address, _ = made(sat)
    assert client_of(rater).post(address).status_code == 302
    for verb in ("get", "post"):
        response = getattr(Client(), verb)(address)
        assert response.status_code == 410
        assert "a link is for one person" in response.text
    assert User.objects.filter(is_guest=True).count() == 0


def test_nobody_scores_their_own_interview(sat: Sitting) -> None:
    address, _ = made(sat)
    response = client_of(sat.user).post(address)
    assert response.status_code == 409
    assert "your own interview" in response.text
    assert Invitation.objects.get().accepted_at is None


def test_an_expired_and_a_revoked_link_say_what_to_do(sat: Sitting, rater: User) -> None:
    address, _ = made(sat, days="1")
    with time_machine.travel(now() + timedelta(days=1, seconds=1)):
        gone = Client().get(address)
        assert gone.status_code == 410
        assert "Ask the candidate for a new link" in gone.text
    id_ = Invitation.objects.get().id
    client_of(sat.user).post(f"/interviews/{sat.interview.id}/invitations/{id_}/revoke/")
    response = client_of(rater).post(address)
    assert response.status_code == 410
    assert "withdrawn" in response.text


def test_an_unknown_link_is_not_found(db: None) -> None:
    assert Client().get(f"/join/{'x' * 43}/").status_code == 404


def test_links_cannot_be_tried_in_bulk(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "VISITS_PER_HOUR", 2)
    found = [Client().get(f"/join/{n}/") for n in range(3)]
    assert [response.status_code for response in found] == [404, 404, 429]
    assert int(found[-1]["Retry-After"]) > 0


@pytest.mark.parametrize(
    "bad", [{"label": ""}, {"label": "x" * 61}, {"label": "\x01"}, {"days": "8"}, {"days": ""}]
)
def test_a_bad_invitation_is_refused(bad: dict[str, str], sat: Sitting) -> None:
    response = client_of(sat.user).post(
        f"/interviews/{sat.interview.id}/invitations/", {"label": "Ann", "days": "7"} | bad
    )
    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_an_interview_has_so_many_invitations_and_no_more(
    sat: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.host.inviting.INVITATIONS_MAX", 1)
    assert INVITATIONS_MAX > 1
    made(sat)
    response = client_of(sat.user).post(
        f"/interviews/{sat.interview.id}/invitations/", {"label": "Bob", "days": "7"}
    )
    assert response.status_code == 422


def test_who_has_a_seat_leaves_the_second_link_free(sat: Sitting, rater: User) -> None:
    seat(sat.interview, rater)
    second, token = invite(sat.interview, "Bob", 7, now())
    accept(token, rater, now())
    second.refresh_from_db()
    assert second.accepted_at is None


def test_a_guest_who_becomes_the_candidate_has_no_seat(sat: Sitting) -> None:
    guest = User.objects.create_user("guest-1", is_guest=True)
    seat(sat.interview, guest)
    merge_guest(guest.pk, sat.user.pk)
    assert seat_of(sat.interview.id, sat.user.pk) is None
    assert not cards_of(sat.interview)


def test_markup_in_a_name_is_inert(sat: Sitting) -> None:
    _, page = made(sat, label="<b>Ann</b>")
    assert "<b>Ann</b>" not in page
    assert "&lt;b&gt;Ann&lt;/b&gt;" in page


def test_no_log_line_holds_a_token(caplog: pytest.LogCaptureFixture, settings) -> None:
    build = settings.LOGGING["filters"]["no_tokens"]["callback"]
    record = logging.LogRecord("x", 40, "", 1, "Forbidden: %s", ("/join/abc-DEF_1/",), None)
    assert build(record)
    assert record.getMessage() == "Forbidden: /join/.../"
    assert "no_tokens" in settings.LOGGING["handlers"]["stderr"]["filters"]
