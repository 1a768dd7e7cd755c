"""A guest goes on at a phone, by a link that works once."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.conf import settings as site_settings
from django.db import connection
from django.test import Client

from tests.accounts.conftest import PASSWORD
from tests.races import in_a_thread, locks, meanwhile
from trainer.accounts import carrying, qr, throttle
from trainer.accounts.errors import CarryingClosed, UnknownCarrying
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import Carrying, User
from trainer.accounts.reach import is_loopback, origin_for_others
from trainer.accounts.tasks import purge_carryings
from trainer.lib import clock
from trainer.resilience import redis_clients


@pytest.fixture(autouse=True)
def nobody_came_yet(servers: None) -> None:
    redis_clients.rebuildable().delete("accounts:carryings:127.0.0.1")


@pytest.fixture
def desktop(as_guest) -> tuple[Client, User]:
    return as_guest()


@pytest.fixture
def address(desktop: tuple[Client, User]) -> str:
    return made(desktop[0])


def made(client: Client) -> str:
    """Presses the button: the path of the link that the page shows."""
    response = client.post("/you/phone/")
    assert response.status_code == 201
    link = re.search(r'value="http://testserver(/carry/[\w-]{43}/)"', response.text)
    assert link
    return link[1]


def form_of(page: str) -> dict[str, str]:
    """The fields of the page's form: its token."""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    return {"csrfmiddlewaretoken": token[1]}


def who(client: Client) -> int:
    return int(client.session["_auth_user_id"])


@pytest.mark.django_db
class TestTheCode:
    def test_looking_at_the_page_makes_nobody_and_no_link(self) -> None:
        assert Client().get("/you/phone/").status_code == 200
        assert not User.objects.exists()
        assert not Carrying.objects.exists()

    def test_a_stranger_becomes_a_guest_by_the_button(self) -> None:
        stranger = Client()
        made(stranger)
        assert User.objects.get().is_guest
        assert who(stranger) == Carrying.objects.get().person_id

    def test_the_token_is_stored_as_a_hash_alone(self, address: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(c)::text FROM accounts_carrying c")
            assert address.split("/")[2] not in cursor.fetchone()[0]

    def test_a_new_code_ends_the_one_before(self, desktop, address: str) -> None:
        again = made(desktop[0])
        assert Client().get(address).status_code == 404
        assert Client().get(again).status_code == 200

    def test_an_account_is_told_to_sign_in_on_the_phone(self, signed_in: Client) -> None:
        for response in (signed_in.get("/you/phone/"), signed_in.post("/you/phone/")):
            assert 'value="http://testserver/you/sign-in/"' in response.text
            assert "sign in there as Ann" in response.text
        assert not Carrying.objects.exists()

    def test_the_page_says_what_to_do_where_no_phone_reaches_it(self, settings) -> None:
        local = Client(headers={"host": "localhost:8000"})
        assert "HOST=0.0.0.0" in (page := local.get("/you/phone/").text)
        assert "ALLOWED_HOSTS=" in page
        assert "HOST=0.0.0.0" not in Client().get("/you/phone/").text
        settings.SITE_URL = "http://192.168.1.20:8000"
        page = local.post("/you/phone/").text
        assert 'value="http://192.168.1.20:8000/carry/' in page
        assert "HOST=0.0.0.0" not in page


@pytest.mark.django_db
class TestGoingOn:
    def test_a_phone_of_a_stranger_becomes_the_same_guest(self, desktop, address: str) -> None:
        phone = Client()
        response = phone.post(address, follow=True)
        assert who(phone) == desktop[1].pk
        assert "goes on as the guest of the other one" in response.text
        assert desktop[0].get("/whoami/").content == phone.get("/whoami/").content != b""

    def test_looking_changes_nothing_however_often(self, address: str) -> None:
        for _ in range(3):
            preview = Client()
            response = preview.get(address)
            assert "Go on here" in response.text
            assert response["Referrer-Policy"] == "same-origin"
            assert "no-store" in response["Cache-Control"]
            assert "sessionid" not in preview.cookies
        assert User.objects.count() == 1
        assert Client().post(address).status_code == 302

    def test_it_works_once(self, address: str) -> None:
        Client().post(address)
        for verb in ("get", "post"):
            late = Client()
            response = getattr(late, verb)(address)
            assert response.status_code == 410
            assert "it works once" in response.text
            assert "sessionid" not in late.cookies

    def test_a_double_tap_lets_the_same_browser_in(self, desktop, address: str) -> None:
        first, second, thief = (Client(enforce_csrf_checks=True) for _ in range(3))
        form = form_of(first.get(address).text)
        # The second request leaves before the first is answered: with the cookies as they were.
        second.cookies["csrftoken"] = first.cookies["csrftoken"].value
        assert first.post(address, form).status_code == 302
        assert second.post(address, form).status_code == 302
        assert who(first) == who(second) == desktop[1].pk
        assert second.get(address).status_code == 410
        form = form_of(thief.get("/you/phone/").text)
        assert thief.post(address, form).status_code == 410
        assert "sessionid" not in thief.cookies

    def test_a_double_tap_of_an_account_is_no_error(self, address: str, signed_in: Client) -> None:
        signed_in.cookies["csrftoken"] = "x" * 32
        for _ in range(2):
            assert signed_in.post(address).status_code == 302

    def test_a_second_tap_opens_nothing_that_has_become_an_account(self, desktop, address) -> None:
        first, second = Client(), Client()
        for each in (first, second):
            each.cookies["csrftoken"] = "x" * 32
        first.post(address)
        User.objects.filter(pk=desktop[1].pk).update(is_guest=False)
        assert second.post(address).status_code == 410
        assert "sessionid" not in second.cookies

    def test_it_is_good_for_ten_minutes(self, address: str) -> None:
        with time_machine.travel(clock.now() + timedelta(minutes=9, seconds=50), tick=False):
            assert Client().get(address).status_code == 200
        with time_machine.travel(clock.now() + timedelta(minutes=10, seconds=1), tick=False):
            response = Client().post(address)
        assert response.status_code == 410
        assert "ten minutes, which are over" in response.text

    def test_an_unknown_link_says_what_to_do(self, address: str) -> None:
        response = Client().post(address[:-3] + "/")
        assert response.status_code == 404
        assert "Make a new code" in response.text

    def test_a_guest_who_was_on_the_phone_is_joined(self, desktop, address, as_guest) -> None:
        phone, other = as_guest()
        before = phone.session.session_key
        phone.post(address)
        assert who(phone) == desktop[1].pk
        assert phone.session.session_key != before
        assert not User.objects.filter(pk=other.pk).exists()

    def test_an_account_on_the_phone_takes_the_guests_work(self, desktop, address, signed_in):
        account = who(signed_in)
        assert ">Bring the guest's work into your account</button>" in signed_in.get(address).text
        signed_in.post(address)
        assert who(signed_in) == account
        assert not User.objects.filter(pk=desktop[1].pk).exists()
        assert desktop[0].get("/whoami/").content == b""

    def test_the_same_guest_does_not_use_it_up(self, desktop, address: str) -> None:
        for verb in ("get", "post"):
            assert getattr(desktop[0], verb)(address).status_code == 409
        assert Client().post(address).status_code == 302

    def test_it_never_opens_what_has_become_an_account(self, desktop, address: str) -> None:
        form = {"username": "Bea", "new_password": PASSWORD, "repeated": PASSWORD}
        assert desktop[0].post("/you/sign-up/", form).status_code == 302
        phone = Client()
        response = phone.post(address)
        assert response.status_code == 410
        assert "has an account by now" in response.text
        assert "sessionid" not in phone.cookies

    def test_the_form_is_refused_without_its_token(self, address: str) -> None:
        assert Client(enforce_csrf_checks=True).post(address).status_code == 403

    def test_nobody_tries_links_in_bulk(self, monkeypatch, address: str) -> None:
        monkeypatch.setattr(throttle, "CARRYINGS_PER_HOUR", 2)
        redis_clients.rebuildable().delete("accounts:carryings:127.0.0.1")
        answers = [Client().get("/carry/guessed/") for _ in range(3)]
        assert [each.status_code for each in answers] == [404, 404, 429]
        assert int(answers[-1]["Retry-After"]) > 0
        assert Client().post("/you/phone/").status_code == 429

    def test_links_are_purged_a_day_after_their_end(self, desktop, address: str) -> None:
        purge_carryings()
        assert Carrying.objects.count() == 1
        with time_machine.travel(clock.now() + timedelta(days=1, minutes=11), tick=False):
            purge_carryings()
        assert not Carrying.objects.exists()

    def test_no_log_line_holds_a_token(self) -> None:
        keep = site_settings.LOGGING["filters"]["no_tokens"]["callback"]
        record = logging.LogRecord("x", 40, "", 1, "Gone: %s", ("/carry/abc-DEF_1/",), None)
        assert keep(record)
        assert record.getMessage() == "Gone: /carry/.../"


@pytest.mark.django_db(transaction=True)
class TestRaces:
    @pytest.fixture
    def link(self) -> tuple[User, str]:
        guest = User.objects.create(username="guest-desktop", is_guest=True)
        return guest, carrying.offer(guest, clock.now())[1]

    def test_two_phones_at_once_and_one_gets_in(self, link: tuple[User, str]) -> None:
        barrier = Barrier(2)

        def go_on() -> User | None:
            barrier.wait()
            try:
                return carrying.carry(link[1], None, clock.now())
            except CarryingClosed:
                return None

        with ThreadPoolExecutor(2) as pool:
            got = [in_a_thread(pool, go_on) for _ in range(2)]
            results = [each.result() for each in got]
        assert sorted(each is None for each in results) == [False, True]

    def test_a_guest_who_is_just_moved_into_an_account_is_not_carried(self, link) -> None:
        guest, token = link
        account = User.objects.create(username="Ann")

        def phone() -> str:
            try:
                return carrying.carry(token, None, clock.now()).username
            except (CarryingClosed, UnknownCarrying) as error:
                return type(error).__name__

        merged = lambda: merge_guest(guest.pk, account.pk)  # noqa: E731
        assert meanwhile(locks(guest), phone, merged) == "CarryingClosed"


def test_the_code_brings_no_style_that_the_sites_policy_would_refuse() -> None:
    drawn = qr.svg("http://192.168.1.20:8000/carry/x/")
    assert drawn.startswith("<svg ")
    assert "style" not in drawn
    assert "viewBox" in drawn


@pytest.mark.parametrize(
    ("origin", "loops"),
    [
        ("http://localhost:8000", True),
        ("http://trainer.localhost", True),
        ("http://127.0.0.1:8000", True),
        ("http://[::1]:8000", True),
        ("http://192.168.1.20:8000", False),
        ("https://trainer.example.org", False),
    ],
)
def test_what_leads_each_machine_to_itself(origin: str, loops: bool) -> None:
    assert is_loopback(origin) is loops


def test_others_are_given_an_address_that_they_can_reach() -> None:
    home, lan, named = "http://localhost:8000", "http://192.168.1.20:8000", "https://t.example.org"
    assert origin_for_others(lan, home) == lan
    assert origin_for_others(home, lan) == lan
    assert origin_for_others(lan, named) == lan
    assert origin_for_others(home, home) == home
