from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from tests.accounts.conftest import PASSWORD
from trainer.accounts.guests import IDLE_DAYS, delete_idle_guests
from trainer.accounts.merge import merge_guest
from trainer.accounts.middleware import SIGNED_OUT
from trainer.accounts.models import User, today
from trainer.accounts.tasks import purge_idle_guests
from trainer.settings import SESSION_COOKIE_AGE

pytestmark = pytest.mark.django_db
NEW = "another-long-walk"
PAGES = ["/you/", "/you/sign-up/", "/you/sign-in/"]


def idle_for(days: int, **fields) -> User:
    name = f"idle-{User.objects.count()}"
    return User.objects.create(username=name, last_seen_on=today() - timedelta(days=days), **fields)


@pytest.mark.parametrize("path", PAGES)
def test_looking_around_makes_nobody_and_sets_no_session(path):
    client = Client()
    assert client.get(path).status_code == 200
    assert not User.objects.exists()
    assert "sessionid" not in client.cookies


def test_the_first_post_makes_a_guest_whom_the_cookie_keeps():
    client = Client()
    name = client.post("/room/").content
    assert client.post("/room/").content == name
    assert client.get("/whoami/").content == name
    assert client.cookies["sessionid"]["max-age"] == 30 * 24 * 3600
    guest = User.objects.get()
    assert guest.is_guest
    assert not guest.has_usable_password()


def test_two_browsers_are_two_guests(as_guest):
    assert as_guest()[1] != as_guest()[1]


def test_no_guest_is_made_on_a_reading_request():
    with pytest.raises(RuntimeError, match="first POST only"):
        Client().get("/room/")
    assert not User.objects.exists()


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(as_guest):
    cookie = as_guest()[0].cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_guest_is_kept_29_idle_days_and_purged_after_30():
    kept, gone = idle_for(29, is_guest=True), idle_for(30, is_guest=True)
    purge_idle_guests()
    assert list(User.objects.all()) == [kept]
    assert gone != kept


def test_an_account_is_never_purged():
    account = idle_for(4000)
    purge_idle_guests()
    assert list(User.objects.all()) == [account]


def test_purging_goes_by_batches_and_may_be_repeated():
    for _ in range(5):
        idle_for(31, is_guest=True)
    assert [delete_idle_guests(today(), 2) for _ in range(4)] == [2, 2, 1, 0]


def test_the_cookie_lives_as_long_as_an_idle_guest():
    assert timedelta(seconds=SESSION_COOKIE_AGE) == timedelta(days=IDLE_DAYS)


def test_a_visit_on_another_day_is_noted_and_prolongs_the_cookie(as_guest):
    client, guest = as_guest()
    User.objects.filter(pk=guest.pk).update(last_seen_on=today() - timedelta(days=7))
    client.cookies["sessionid"]["max-age"] = ""
    client.get("/whoami/")
    guest.refresh_from_db()
    assert guest.last_seen_on == today()
    assert client.cookies["sessionid"]["max-age"] == 30 * 24 * 3600


@pytest.mark.parametrize("elsewhere", ["signs up", "signs in", "deletes"])
def test_a_device_that_was_signed_out_from_another_is_told_once(as_guest, account, elsewhere: str):
    client, guest = as_guest()
    assert SIGNED_OUT not in unescape(client.get("/").text)
    if elsewhere == "signs up":
        guest.set_password("another-long-walk")
        guest.save()
    elif elsewhere == "signs in":
        merge_guest(guest.pk, account.pk)
    else:
        guest.delete()
    assert client.get("/whoami/").content == b""  # as a script asks: the next page tells it
    assert SIGNED_OUT not in client.head("/").text
    assert SIGNED_OUT not in unescape(client.get("/", headers={"hx-request": "true"}).text)
    assert SIGNED_OUT in unescape(client.get("/").text)
    assert SIGNED_OUT not in unescape(client.get("/").text)


@pytest.mark.parametrize("then", ["signs in", "acts"])
def test_a_form_that_finds_itself_signed_out_tells_it_unless_it_signs_in(as_guest, account, then):
    client, guest = as_guest()
    guest.delete()
    if then == "signs in":
        client.post("/you/sign-in/", {"username": account.username, "password": PASSWORD})
        assert client.get("/whoami/").content == account.username.encode()
        assert SIGNED_OUT not in unescape(client.get("/").text)
    else:
        client.post("/you/sign-out/")
        assert SIGNED_OUT in unescape(client.get("/").text)


def test_who_does_it_here_is_not_told(signed_in, account):
    def told() -> bool:
        return SIGNED_OUT in unescape(signed_in.get("/").text)

    fields = {"current_password": PASSWORD, "new_password": NEW, "repeated": NEW}
    assert signed_in.post("/you/password/", fields).status_code == 302
    assert signed_in.get("/whoami/").content == account.username.encode()
    assert not told()
    signed_in.post("/you/sign-out/")
    assert signed_in.get("/whoami/").content == b""
    assert not told()
    signed_in.post("/you/sign-in/", {"username": account.username, "password": NEW})
    signed_in.post("/you/delete/", {"confirm": "yes", "password": NEW, "current_password": NEW})
    assert not User.objects.exists()
    assert not told()


def test_a_second_visit_on_a_day_writes_nothing(as_guest, django_assert_num_queries):
    client, _ = as_guest()
    with django_assert_num_queries(2):  # the session and the person
        client.get("/whoami/")


def test_a_page_that_asks_for_nobody_touches_no_database(as_guest, django_assert_num_queries):
    client, _ = as_guest()
    with django_assert_num_queries(0):
        client.post("/you/theme/", {"theme": "dark"})
