"""A worker that dies while it indexes leaves a backlog, and the backlog drains."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from tests.runtime.processes import eventually
from tests.twitter import village
from tests.twitter.processes import Worker, environment
from tests.twitter.search.corpus import found, post
from trainer.lib import clock
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.models import SearchDocument, SearchJourney
from trainer.twitter.search.journeys import backlog
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
FOX = 6
TWEETS = 40
WITHIN_S = 20.0


@pytest.fixture
def world() -> Iterator[World]:
    made = overlays.create_overlay(village.build().world, now=clock.now())
    yield made
    for one in (made.root, made):  # the worker's fan-out has filled some
        overlays.forget(rebuildable(), one.id)


@pytest.fixture
def start(tmp_path: Path, world: World) -> Iterator[Callable[[], Worker]]:
    """Starts a worker, which is gone after the test."""
    started: list[Worker] = []
    env = environment(tmp_path, broker=settings.CELERY_BROKER_URL, redis=os.environ["REDIS_URL"])

    def one() -> Worker:
        started.append(Worker(tmp_path / f"worker{len(started)}.log", env))
        return started[-1]

    yield one
    for worker in started:
        worker.kill()


def waiting_to_write() -> bool:
    """Whether a process waits for the lock on the documents, its rows of the outbox in hand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
            " AND relation = 'twitter_searchdocument'::regclass AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
        return bool(cursor.fetchone()[0])


def test_a_worker_killed_while_it_indexes_loses_nothing(
    world: World, start: Callable[[], Worker]
) -> None:
    tweets = [post(world, FOX, f"zinc {number}") for number in range(TWEETS)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE twitter_searchdocument IN SHARE MODE")
        worker = start()
        eventually(waiting_to_write, WITHIN_S, "the worker is in the middle of indexing")
        worker.kill()
    assert backlog(world) == TWEETS
    assert found(world, "zinc") == []
    start()
    eventually(lambda: backlog(world) == 0, WITHIN_S, "the backlog has drained")
    assert sorted(found(world, "zinc")) == sorted(tweets)
    for made in (SearchDocument, SearchJourney):
        assert made.objects.filter(world_id=world.id).count() == TWEETS
