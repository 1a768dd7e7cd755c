"""The home timeline as JSON: what is answered, and what is refused with which status."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.lab.conftest import committed
from trainer.lab.limits import A_VISITOR
from trainer.lib import clock
from trainer.twitter import api
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.value import World

pytestmark = pytest.mark.usefixtures("_nothing_known")

PATH = "/lab/home.json"
READER = 7
# Chronological, whatever has been learned from the world.
UNRANKED = {"faults": "query:error"}
NOTHING = "query:error,chronological:error,cache:error"


def get(client: Client, status: int = 200, **asked: object) -> dict[str, Any]:
    answer = client.get(PATH, {name: str(value) for name, value in asked.items()})
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/json"
    assert "no-store" in answer["Cache-Control"]
    told: dict[str, Any] = json.loads(answer.content)
    return told


def error(client: Client, status: int, **asked: object) -> str:
    told = get(client, status, **asked)
    assert list(told) == ["error"]
    return str(told["error"])


def test_an_answer_says_how_it_came_about(client: Client, experiment: World) -> None:
    told = get(client, world=experiment.public_id, account=READER, limit=5, **UNRANKED)
    assert told["level"] == 2
    assert "the fault 'error' was injected" in told["reason"]
    assert told["age_s"] == 0
    assert told["weights"] == "guide"
    assert "trace" not in told
    assert len(told["entries"]) == 5


def test_a_base_is_read_by_its_public_id_too(client: Client, base: World) -> None:
    told = get(client, world=base.public_id, account=READER, limit=5, weights="release-2026")
    assert len(told["entries"]) == 5
    assert told["weights"] == "release-2026"


def test_ids_are_strings_that_name_tweets_of_the_world(
    client: Client, base: World, experiment: World
) -> None:
    told = get(client, world=experiment.public_id, account=READER, limit=5, **UNRANKED)
    expected = api.chronological_home(base, READER, limit=5).entries
    shown = [entry["tweet"] for entry in told["entries"]]
    assert [tweet["id"] for tweet in shown] == [str(entry.tweet.id) for entry in expected]
    assert [tweet["text"] for tweet in shown] == [entry.tweet.text for entry in expected]
    assert all(isinstance(tweet["author_id"], str) for tweet in shown)


def test_a_cursor_leads_on(client: Client, base: World, experiment: World) -> None:
    asked = {"world": experiment.public_id, "account": READER, "limit": 3, **UNRANKED}
    first = get(client, **asked)
    second = get(client, **asked, cursor=first["next_cursor"])
    ids = [entry["tweet"]["id"] for page in (first, second) for entry in page["entries"]]
    both = api.chronological_home(base, READER, limit=6).entries
    assert ids == [str(entry.tweet.id) for entry in both]


def test_an_account_can_be_named_by_its_handle(client: Client, experiment: World) -> None:
    handle = api.get_account(experiment, READER).handle
    asked = {"world": experiment.public_id, **UNRANKED}
    by_id = get(client, **asked, account=READER)
    for name in (handle, f"@{handle.upper()}"):
        assert get(client, **asked, account=name)["entries"] == by_id["entries"]


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ({}, 400, "No account is named"),
        ({"limit": 201}, 400, "limit='201' is no such number"),
        ({"weights": "wishful"}, 400, "There are no weights 'wishful': use one of guide, "),
        ({"cursor": "nonsense"}, 400, "There is no page at cursor 'nonsense'"),
        ({"faults": "nobody:error"}, 400, "There is no part 'nobody'"),
        ({"account": 2_001}, 404, "There is no account 2001"),
        ({"account": 10**19}, 404, "There is no account"),
        ({"account": "nobody\0here"}, 404, "There is no account 'nobody"),
        ({"world": "not-a-world"}, 404, "There is no world 'not-a-world'"),
        ({"world": "no\0world"}, 404, "There is no world"),
    ],
)
def test_what_cannot_be_answered_is_said(
    client: Client, base: World, asked: dict[str, object], status: int, sentence: str
) -> None:
    usual = {"world": base.public_id, "account": READER} if asked else {}
    assert error(client, status, **{**usual, **asked}).startswith(sentence)


@pytest.fixture
def unbuilt(base: World) -> Iterator[str]:
    now = clock.now()
    record = WorldRecord(name="unbuilt", public_id="unbuilt", started_at=now, ends_at=now)
    committed(record.save)
    yield record.public_id
    committed(record.delete)


def test_a_world_that_is_being_built_is_said_with_when_to_ask_again(
    client: Client, unbuilt: str
) -> None:
    asked = {"account": READER, "world": unbuilt}
    assert "is not built yet" in error(client, 503, **asked)
    assert client.get(PATH, asked)["Retry-After"] == "60"


def test_faults_are_refused_where_they_would_trouble_others(client: Client, base: World) -> None:
    said = error(client, 400, world=base.public_id, account=READER, faults="in_network:error")
    assert "name an experiment of your own" in said


def test_where_every_level_fails_it_is_said_with_when_to_ask_again(
    client: Client, experiment: World
) -> None:
    asked = {"world": experiment.public_id, "account": READER}
    said = error(client, 503, **asked, faults=NOTHING)
    assert said.startswith("There is no timeline just now")
    answer = client.get(PATH, {**asked, "faults": NOTHING})
    assert answer["Retry-After"] == "5"
    assert get(client, **asked)["entries"]  # the faults went with their request


def test_the_last_answer_is_shown_when_nothing_new_can_be_had(
    client: Client, experiment: World
) -> None:
    asked = {"world": experiment.public_id, "account": READER, "limit": 5}
    before = get(client, **asked)
    after = get(client, **asked, faults="query:error,chronological:error")
    assert after["level"] == 3
    assert after["entries"] == before["entries"]
    assert after["age_s"] > 0


def test_who_asks_too_often_is_told_how_long_to_wait(client: Client, db: None) -> None:
    answers = [client.get(PATH) for _ in range(2 * A_VISITOR.capacity)]
    assert answers[0].status_code == 400
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert refused[0]["Retry-After"] == "1"
    assert list(refused[0].json()) == ["error"]
