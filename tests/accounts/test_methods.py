"""No state changes by a GET, and no POST goes without the token."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import PASSWORD
from tests.test_access import addresses
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db
PAGES = [f"/{page}" for page in addresses() if page.startswith(("you/", "carry/"))]
PAGES = [page.replace("<slug:token>", "x" * 43) for page in PAGES]
POSTING = [page for page in PAGES if page not in {"/you/", "/you/data/"}]
FIELDS = {
    "username": "Ann",
    "password": PASSWORD,
    "current_password": PASSWORD,
    "new_password": "another-long-walk",
    "repeated": "another-long-walk",
    "confirm": "yes",
    "theme": "dark",
}


def test_the_room_is_where_the_links_lead():
    assert reverse("accounts:you") == "/you/"
    assert reverse("accounts:carry", args=["x"]) == "/carry/x/"


@pytest.mark.parametrize("path", PAGES)
def test_a_get_changes_nothing_whatever_it_carries(signed_in, account, path):
    before = User.objects.values().get(), signed_in.session.session_key
    response = signed_in.get(path, FIELDS)
    assert (User.objects.values().get(), signed_in.session.session_key) == before
    assert "theme" not in response.cookies


@pytest.mark.parametrize("path", POSTING)
def test_a_post_without_the_token_is_refused(account, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(path, FIELDS).status_code == 403
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("path", ["/you/", "/you/data/"])
def test_reading_pages_refuse_a_post(signed_in, path):
    assert signed_in.post(path).status_code == 405


def test_the_theme_is_set_by_post_only():
    assert Client().get("/you/theme/?theme=dark").status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_putting_and_deleting_are_refused(signed_in, path):
    assert signed_in.put(path).status_code == signed_in.delete(path).status_code == 405
