"""What people do with what is theirs: see it, take it along, delete it, change the password."""

import json

import pytest
from axes.models import AccessAttempt
from django.test import Client

from tests.accounts.conftest import PASSWORD
from trainer.accounts import portability
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "another-long-walk"
CHANGE = {"current_password": PASSWORD, "new_password": NEW_PASSWORD, "repeated": NEW_PASSWORD}


def second_session(account: User) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_stranger_reads_that_nothing_is_kept():
    assert "Nothing is kept about you yet." in Client().get("/you/").content.decode()


def test_a_guest_reads_until_when_things_are_kept(as_guest):
    page = as_guest()[0].get("/you/").content.decode()
    assert "You are a guest." in page
    assert "unless you come back before" in page


def test_an_account_reads_its_name(signed_in):
    assert "signed in as <strong>Ann</strong>" in signed_in.get("/you/").content.decode()


@pytest.mark.parametrize("path", ["/you/password/", "/you/data/", "/you/delete/"])
def test_a_stranger_is_asked_to_sign_in(path):
    assert Client().get(path).headers["Location"] == f"/you/sign-in/?next={path}"


def test_the_download_is_a_json_file_of_everything_but_the_password(signed_in, account):
    response = signed_in.get("/you/data/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert response.headers["Content-Type"] == "application/json"
    assert json.loads(response.content)["account"]["username"] == "Ann"
    assert account.password not in response.content.decode()
    assert "argon2" not in response.content.decode()


def test_a_guest_takes_their_data_along_too(as_guest):
    client, guest = as_guest()
    assert client.get("/you/data/").json()["account"]["username"] == guest.username


def test_each_room_adds_its_part_of_the_owner_only(signed_in, account, monkeypatch):
    monkeypatch.setattr(portability, "_exporters", dict(portability._exporters))
    portability.register("notes", lambda person: [person.pk])
    assert signed_in.get("/you/data/").json()["notes"] == [account.pk]


def test_two_rooms_cannot_write_the_same_part():
    with pytest.raises(ValueError, match="'account'"):
        portability.register("account", portability.account)


def test_changing_the_password_keeps_this_session_and_ends_the_others(signed_in, account):
    other, old_key = second_session(account), signed_in.session.session_key
    page = signed_in.post("/you/password/", CHANGE, follow=True).content.decode()
    assert "Your password is changed." in page
    assert signed_in.get("/whoami/").content == b"Ann"
    assert signed_in.session.session_key != old_key
    assert other.get("/whoami/").content == b""
    assert User.objects.get().check_password(NEW_PASSWORD)


@pytest.mark.parametrize(
    "change",
    [
        {"current_password": "wrong"},
        {"repeated": "different"},
        {"new_password": "short", "repeated": "short"},
        {"new_password": "password1", "repeated": "password1"},
    ],
)
def test_a_bad_password_change_changes_nothing(signed_in, change):
    page = signed_in.post("/you/password/", {**CHANGE, **change}).content.decode()
    assert 'role="alert"' in page
    assert User.objects.get().check_password(PASSWORD)


def test_a_guest_has_no_password_to_change(as_guest):
    assert as_guest()[0].get("/you/password/").headers["Location"] == "/you/sign-up/"


def test_deleting_the_account_takes_the_password_and_leaves_nothing(signed_in, account):
    other = second_session(account)
    signed_in.post("/you/delete/", {"current_password": "wrong"})
    assert User.objects.exists()
    page = signed_in.post("/you/delete/", {"current_password": PASSWORD}, follow=True)
    assert "Deleted:" in page.content.decode()
    assert not User.objects.exists()
    assert not AccessAttempt.objects.exists()
    assert signed_in.get("/whoami/").content == other.get("/whoami/").content == b""


@pytest.mark.parametrize("fields", [{}, {"current_password": ""}, {"confirm": "yes"}])
def test_an_account_is_not_deleted_without_the_password(signed_in, fields):
    assert signed_in.post("/you/delete/", fields).status_code == 200
    assert User.objects.exists()


def test_a_guest_deletes_everything_with_one_confirmation(as_guest):
    client, _ = as_guest()
    assert "Delete everything?" in client.get("/you/delete/").content.decode()
    client.post("/you/delete/")
    assert not User.objects.exists()


def test_personal_pages_are_kept_in_no_cache(signed_in):
    for page in ["", "password/", "data/", "delete/", "sign-out/"]:
        assert "no-store" in signed_in.get(f"/you/{page}").headers["Cache-Control"]


def test_the_theme_is_kept_in_a_cookie_and_brings_nobody_into_being():
    client = Client()
    response = client.post("/you/theme/", {"theme": "dark", "next": "/you/"})
    assert response.headers["Location"] == "/you/"
    assert 'data-theme="dark"' in client.get("/you/").content.decode()
    client.post("/you/theme/", {"theme": "system"})
    assert "data-theme" not in client.get("/you/").content.decode()
    assert not User.objects.exists()


def test_the_theme_form_without_next_leads_back_to_its_page():
    headers = {"referer": "http://testserver/you/sign-in/"}
    response = Client().post("/you/theme/", {"theme": "light"}, headers=headers)
    assert response.headers["Location"] == "http://testserver/you/sign-in/"


def test_an_unknown_theme_is_refused():
    response = Client().post("/you/theme/", {"theme": '"><script>'})
    assert response.status_code == 400
    assert "theme" not in response.cookies
