"""Sending to a real broker that is up, frozen, killed and back."""

import logging
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.db import transaction
from kombu.exceptions import EncodeError
from redis import Redis

from tests.resilience.valkeys import Valkey
from tests.runtime.processes import free_port
from trainer.resilience import dispatch as dispatching
from trainer.resilience.dispatch import Sender, dispatch, failures
from trainer.resilience.pausing import PAUSE_S

pytestmark = pytest.mark.processes


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    valkey = Valkey(tmp_path, free_port())
    valkey.start()
    yield valkey
    valkey.kill()


@pytest.fixture(params=["tcp", "socket"])
def task(request: pytest.FixtureRequest, valkey: Valkey) -> Any:
    by_socket = f"redis+socket://{valkey.socket}"
    url = by_socket if request.param == "socket" else f"redis://127.0.0.1:{valkey.port}/0"
    app = Celery("tests", broker=url, set_as_current=False)
    app.conf.broker_transport_options = {"socket_timeout": 5}  # as the workers' are
    return app.task(name="tests.noted")(noted)


def noted(number: int) -> None:
    """Nobody runs it: it is only sent."""


@pytest.fixture(autouse=True)
def _own_sender() -> Iterator[None]:
    dispatching._sender.cache_clear()
    yield
    dispatching._sender.cache_clear()


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def queued(valkey: Valkey) -> int:
    with Redis(port=valkey.port) as redis:
        return int(redis.llen("celery"))


def test_a_frozen_broker_fails_the_send_and_is_then_left_alone(valkey, task, clock, caplog) -> None:
    sender = Sender(clock)
    assert sender.send(task, (1,), {})
    valkey.freeze()
    assert not sender.send(task, (2,), {})
    clock.now += PAUSE_S - 0.1
    assert not sender.send(task, (3,), {})
    assert sender.failures == 2
    (line,) = [logging.Formatter().format(record) for record in caplog.records]
    assert line == "tests.noted is not sent (TimeoutError): left to the sweep; next try in 5 s"
    valkey.thaw()
    assert not sender.send(task, (4,), {})
    clock.now += 0.2
    assert sender.send(task, (5,), {})
    assert sender.send(task, (6,), {})


def test_a_killed_and_restarted_broker_is_used_again(valkey, task, clock) -> None:
    sender = Sender(clock)
    assert sender.send(task, (1,), {})
    valkey.kill()
    assert not sender.send(task, (2,), {})
    clock.now += PAUSE_S
    assert not sender.send(task, (3,), {})
    valkey.start()
    clock.now += PAUSE_S
    assert sender.send(task, (4,), {})
    assert queued(valkey) == 2


def test_a_restart_that_nobody_saw_fails_no_send(valkey, task, clock) -> None:
    sender = Sender(clock)
    assert sender.send(task, (1,), {})
    valkey.kill()
    valkey.start()
    assert sender.send(task, (2,), {})
    assert queued(valkey) == 2


def test_threads_that_meet_a_frozen_broker_together_all_go_on(valkey, task) -> None:
    sender = Sender()
    valkey.freeze()
    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(lambda n: sender.send(task, (n,), {}), range(8)))
    assert sent == [False] * 8
    assert sender.failures == 8


def test_a_task_that_cannot_be_written_is_our_own_error_and_is_raised(task) -> None:
    with pytest.raises(EncodeError):
        Sender().send(task, (object(),), {})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("task", ["tcp"], indirect=True)
def test_a_task_is_sent_by_the_commit_and_not_before_nor_without_it(valkey, task) -> None:
    with transaction.atomic():
        dispatch(task, 1)
        assert queued(valkey) == 0
    assert queued(valkey) == 1
    with transaction.atomic():
        dispatch(task, 2)
        transaction.set_rollback(True)
    assert queued(valkey) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("task", ["tcp"], indirect=True)
def test_what_is_saved_stays_saved_when_the_broker_is_away(valkey, task) -> None:
    valkey.kill()
    with transaction.atomic():
        dispatch(task, 1, expires=5)
    assert failures() == 1


@pytest.mark.parametrize("task", ["tcp"], indirect=True)
def test_a_task_may_be_named_instead_of_imported(valkey, task) -> None:
    assert Sender().send(task.app.signature("named.elsewhere"), (), {"expires": 5})
    assert queued(valkey) == 1


@pytest.mark.parametrize("task", ["tcp"], indirect=True)
def test_a_forked_process_has_a_sender_of_its_own(task) -> None:
    ours = dispatching._sender()
    child = os.fork()
    if child == 0:
        os._exit(0 if dispatching._sender() is not ours else 1)
    assert os.waitpid(child, 0)[1] == 0
