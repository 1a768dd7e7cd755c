"""Health is asked by the machine's address; everything else only by the site's names."""

import logging

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client

from trainer.ops import logs


@pytest.mark.parametrize("host", ["10.1.2.3", "10.1.2.3:8000", "elsewhere.example.org", "a b", ""])
def test_live_answers_whatever_the_host_is(client: Client, host: str) -> None:
    answer = client.get("/health/live", HTTP_HOST=host)
    assert answer.status_code == 200
    assert answer.json() == {"status": "up"}


@pytest.mark.django_db
def test_ready_answers_whatever_the_host_is(client: Client) -> None:
    assert client.get("/health/ready", HTTP_HOST="10.1.2.3").status_code in {200, 503}


async def _asked_over_asgi() -> int:
    return (await AsyncClient().get("/health/live", headers={"host": "10.1.2.3"})).status_code


def test_live_answers_whatever_the_host_is_over_asgi() -> None:
    assert async_to_sync(_asked_over_asgi)() == 200


def test_live_is_not_sent_to_https(client: Client, settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/health/live", HTTP_HOST="10.1.2.3").status_code == 200


def test_other_pages_refuse_a_strange_host_in_one_line(client: Client, caplog) -> None:
    assert client.get("/", HTTP_HOST="10.1.2.3").status_code == 400
    (record,) = [r for r in caplog.records if r.name == "django.security.DisallowedHost"]
    assert "10.1.2.3" in logging.Formatter().format(record)
    assert "Traceback" not in logging.Formatter().format(record)


def test_a_filtered_record_keeps_its_sentence() -> None:
    try:
        raise ValueError("the cause")
    except ValueError as error:
        found = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("a", logging.ERROR, "f", 1, "the sentence", (), found)
    assert logs.one_line(record)
    assert logging.Formatter().format(record) == "the sentence"


def test_a_wrong_password_is_not_the_operators_business() -> None:
    assert not logging.getLogger("axes.signals").isEnabledFor(logging.WARNING)
