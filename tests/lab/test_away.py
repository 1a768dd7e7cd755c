"""What the labs answer while Postgres is silent, really so: what they look up is locked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from threading import Event
from time import sleep
from typing import Any, cast

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.lab.conftest import committed
from tests.twitter.mixer.ranked import a_machine
from trainer.lab.worlds import Worlds
from trainer.resilience.bounded import Threads
from trainer.resilience.pausing import Pause
from trainer.twitter import api
from trainer.twitter.errors import StoreAway
from trainer.twitter.mixer.machine import Machine
from trainer.twitter.mixer.prompt import promptly
from trainer.twitter.world.models import Account, WorldRecord
from trainer.twitter.world.value import World

pytestmark = pytest.mark.usefixtures("_nothing_known")
READER = 7


@contextmanager
def silence(model: Any) -> Iterator[None]:
    """Whoever else reads the model's table waits, until the end."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {model._meta.db_table} IN ACCESS EXCLUSIVE MODE")
        try:
            yield
        finally:
            transaction.set_rollback(True)  # which lets go of the lock


def ask(client: Client, world: World, **asked: object) -> Any:
    told = {"world": world.public_id, "account": READER, "limit": 5, **asked}
    return client.get("/lab/home.json", told)


# -- Worlds


def test_a_known_world_is_found_while_postgres_is_silent(experiment: World) -> None:
    known = Worlds()
    assert known.find(experiment.public_id) == experiment
    with silence(WorldRecord):
        assert known.find(experiment.public_id) == experiment
        with pytest.raises(StoreAway):
            Worlds().find(experiment.public_id)


def test_a_dropped_world_is_not_remembered(experiment: World) -> None:
    known = Worlds()
    known.find(experiment.public_id)
    committed(partial(api.drop_overlay, experiment))
    with pytest.raises(api.errors.UnknownWorld):
        known.find(experiment.public_id)
    with silence(WorldRecord), pytest.raises(StoreAway):
        known.find(experiment.public_id)


# -- Answers


def test_a_reader_of_a_known_world_still_gets_their_last_answer(
    client: Client, experiment: World
) -> None:
    before = ask(client, experiment).json()
    with silence(WorldRecord):
        after = ask(client, experiment).json()
    assert after["level"] == 3
    assert "Postgres was away a moment ago" in after["reason"]
    assert after["entries"] == before["entries"]


def test_an_unknown_world_is_a_503_with_when_to_ask_again(
    client: Client, experiment: World
) -> None:
    with silence(WorldRecord):
        _is_said_to_be_away(ask(client, experiment))


def test_a_handle_cannot_be_looked_up_and_an_id_need_not_be(
    client: Client, experiment: World
) -> None:
    handle = api.get_account(experiment, READER).handle
    ask(client, experiment)
    with silence(Account):
        _is_said_to_be_away(ask(client, experiment, account=handle))
        assert ask(client, experiment).json()["entries"]


def _is_said_to_be_away(answer: Any) -> None:
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer.json() == {"error": str(StoreAway())}


# -- Looking up


@pytest.fixture
def machine(db: None) -> Machine:
    """Not this process's: with threads of its own, and a pause that time does not end."""
    return replace(a_machine(Threads()), postgres=Pause(lambda: 1.0))


def test_silence_pauses_postgres_until_that_call_answers_after_all(machine: Machine) -> None:
    released, answered = Event(), Event()
    threads = cast(Threads, machine.calls)

    def slow() -> None:
        released.wait()

    with pytest.raises(StoreAway):
        promptly(slow, machine)
    with pytest.raises(StoreAway):  # without being called
        promptly(answered.set, machine)
    assert not answered.is_set()
    released.set()
    while threads.abandoned:
        sleep(0.001)
    promptly(answered.set, machine)
    assert answered.is_set()


def test_a_connection_that_is_cut_pauses_postgres(machine: Machine) -> None:
    with pytest.raises(StoreAway):
        promptly(_cut, machine)
    assert not machine.postgres.may_try()


def test_what_does_not_exist_is_an_answer(machine: Machine) -> None:
    with pytest.raises(api.errors.UnknownWorld):
        promptly(partial(api.get_world, "not-a-world"), machine)
    assert machine.postgres.may_try()


def test_a_mistake_of_ours_goes_through(machine: Machine) -> None:
    with pytest.raises(ZeroDivisionError):
        promptly(lambda: 1 // 0, machine)


def _cut() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
