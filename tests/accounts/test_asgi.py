"""The site is served by ASGI, where middleware takes its other path: the same facts there."""

from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.http import HttpResponse
from django.test import AsyncClient

from tests.accounts.conftest import PASSWORD
from trainer.accounts.models import User, today

pytestmark = pytest.mark.django_db


def get(client: AsyncClient, path: str) -> HttpResponse:
    return async_to_sync(client.get)(path)


def post(client: AsyncClient, path: str, fields: dict[str, str]) -> HttpResponse:
    return async_to_sync(client.post)(path, fields)


def test_a_lockout_is_the_same_page(account, settings):
    settings.AXES_FAILURE_LIMIT = 2
    client, wrong = AsyncClient(), {"username": "Ann", "password": "wrong"}
    codes = [post(client, "/you/sign-in/", wrong).status_code for _ in range(3)]
    assert codes == [200, 429, 429]
    response = post(client, "/you/sign-in/", {**wrong, "password": PASSWORD})
    assert response.status_code == 429
    assert 14 * 60 < int(response.headers["Retry-After"]) <= 15 * 60


def test_a_guest_is_made_kept_and_seen():
    client = AsyncClient()
    name = post(client, "/room/", {}).content
    User.objects.update(last_seen_on=today() - timedelta(days=3))
    assert get(client, "/whoami/").content == name
    assert User.objects.get().last_seen_on == today()
