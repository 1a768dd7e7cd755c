"""Signing up, in and out."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from tests.accounts.conftest import PASSWORD
from trainer.accounts import services, throttle
from trainer.accounts.errors import UsernameTaken
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db
NEW = {"username": "Bob", "new_password": PASSWORD, "repeated": PASSWORD}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{7*7}}",
    "{% debug %}",
    "ann' OR 1=1--",
    "ann\u202egnp",
    "\u0430nn",  # a Cyrillic a
    "../../etc/passwd",
    "ann\nx",
    "ann\x00x",
]


def sign_in(client: Client, password: str = PASSWORD, name: str = "Ann", **more):
    return client.post("/you/sign-in/", {"username": name, "password": password, **more})


def test_signing_up_turns_the_guest_into_the_account(as_guest):
    client, guest = as_guest()
    old_key = client.session.session_key
    assert client.post("/you/sign-up/", NEW).headers["Location"] == "/you/"
    account = User.objects.get()
    assert (account.pk, account.username, account.is_guest) == (guest.pk, "Bob", False)
    assert account.check_password(PASSWORD)
    assert client.session.session_key != old_key


def test_signing_up_ends_the_guests_other_sessions(as_guest):
    client, _ = as_guest()
    stolen = Client()
    stolen.cookies["sessionid"] = client.cookies["sessionid"].value
    client.post("/you/sign-up/", NEW)
    assert stolen.get("/whoami/").content == b""


def test_a_stranger_signs_up_and_is_in():
    client = Client()
    client.post("/you/sign-up/", NEW)
    assert client.get("/whoami/").content == b"Bob"


def test_fields_nobody_asked_for_are_ignored():
    rights = {"is_staff": "on", "is_superuser": "on", "is_guest": "on", "id": "7", "email": "a@b.c"}
    Client().post("/you/sign-up/", {**NEW, **rights})
    bob = User.objects.get()
    assert [bob.is_staff, bob.is_superuser, bob.is_guest, bob.email] == [False, False, False, ""]


@pytest.mark.parametrize("name", ["Ann", "ann", "ANN"])
def test_a_taken_name_is_refused_whatever_the_case(account, name):
    page = Client().post("/you/sign-up/", {**NEW, "username": name}).content.decode()
    assert "This name is taken. Choose another one." in page
    assert User.objects.count() == 1


@pytest.mark.parametrize("name", ["", "ab", "x" * 41, "an n", "guest-1", "Guest-1", *HOSTILE])
def test_a_bad_name_is_refused_and_given_back_inert(name):
    response = Client().post("/you/sign-up/", {**NEW, "username": name})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["abc", "x" * 40, "A.b_c-9"])
def test_a_good_name_is_taken_as_typed(name):
    Client().post("/you/sign-up/", {**NEW, "username": name})
    assert User.objects.get().username == name


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("seven77", "too short"),
        ("x" * 129, "at most 128"),
        ("password1", "too common"),
        ("bobbybobby", "too similar to the username"),
        ("", "Type the password."),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password, sentence):
    fields = {"username": "bobbybobby", "new_password": password, "repeated": password}
    assert sentence in Client().post("/you/sign-up/", fields).content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["8 chars!", "p" * 64 + "q" * 64, "  spaces count  "])
def test_a_password_of_8_to_128_characters_is_taken_exactly(password):
    fields = {"username": "Bob", "new_password": password, "repeated": password}
    Client().post("/you/sign-up/", fields)
    assert User.objects.get().check_password(password)


def test_two_different_passwords_are_refused_and_the_name_is_kept():
    page = Client().post("/you/sign-up/", {**NEW, "repeated": "other"}).content.decode()
    assert "The two passwords differ" in page
    assert 'value="Bob"' in page
    assert PASSWORD not in page


def test_sign_ups_from_one_address_are_bounded(monkeypatch):
    monkeypatch.setattr(throttle, "SIGN_UPS_PER_HOUR", 1)
    Client().post("/you/sign-up/", NEW)
    response = Client().post("/you/sign-up/", {**NEW, "username": "Cid"})
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 3600
    assert User.objects.count() == 1


def test_signing_up_works_without_redis(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    Client().post("/you/sign-up/", NEW)
    assert User.objects.get().username == "Bob"


@pytest.mark.parametrize("name", ["Ann", "ann", " ann "])
def test_signing_in_goes_by_any_spelling_of_the_name(account, name):
    client = Client()
    assert sign_in(client, name=name).status_code == 302
    assert client.get("/whoami/").content == b"Ann"


def test_signing_in_rotates_session_and_csrf_token(account, as_guest):
    client, _ = as_guest()
    client.get("/you/sign-in/")
    before = client.session.session_key, client.cookies["csrftoken"].value
    sign_in(client)
    assert client.session.session_key != before[0]
    assert client.cookies["csrftoken"].value != before[1]


@pytest.mark.parametrize(("name", "password"), [("Ann", "wrong"), ("Nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_read_the_same(account, name, password):
    response = sign_in(Client(), password, name)
    assert "This username and password do not belong together." in response.content.decode()


def test_a_guests_name_opens_nothing(as_guest):
    _, guest = as_guest()
    assert sign_in(Client(), "", guest.username).status_code == 200
    assert sign_in(Client(), guest.password, guest.username).status_code == 200


@pytest.mark.parametrize("path", ["/you/sign-in/", "/you/sign-up/"])
def test_who_is_signed_in_is_sent_on(signed_in, path):
    assert signed_in.get(path).headers["Location"] == "/you/"


@pytest.mark.parametrize("target", ["/learn/", "/interviews/?tab=1"])
def test_next_leads_back_to_where_one_wanted_to_go(account, target):
    assert sign_in(Client(), next=target).headers["Location"] == target


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_leads_nowhere_else(account, target):
    page = Client().get("/you/sign-in/", {"next": target}).content.decode()
    assert "evil" not in page.split("<main")[1]
    assert sign_in(Client(), next=target).headers["Location"] == "/you/"
    moved = Client().post("/you/theme/", {"theme": "dark", "next": target})
    assert moved.headers["Location"] == "/"


def test_an_account_signs_out_at_once(signed_in):
    assert signed_in.post("/you/sign-out/").headers["Location"] == "/"
    assert signed_in.get("/whoami/").content == b""


def test_a_guest_is_asked_before_signing_out(as_guest):
    client, guest = as_guest()
    assert "Sign out and lose what you did?" in client.post("/you/sign-out/").content.decode()
    assert client.get("/whoami/").content == guest.username.encode()
    client.post("/you/sign-out/", {"confirm": "yes"})
    assert client.get("/whoami/").content == b""


def test_signing_out_is_worth_nothing_to_who_kept_the_cookie(signed_in):
    kept = signed_in.cookies["sessionid"].value
    signed_in.post("/you/sign-out/")
    signed_in.cookies["sessionid"] = kept
    assert signed_in.get("/whoami/").content == b""


def test_of_two_who_take_a_name_at_once_the_second_is_told(account, rf):
    request = rf.post("/you/sign-up/")
    request.user = AnonymousUser()
    with pytest.raises(UsernameTaken, match="This name is taken"):
        services.sign_up(request, "ANN", PASSWORD)
    assert User.objects.count() == 1
