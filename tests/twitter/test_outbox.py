"""The outbox: what is enqueued is done, once, whatever else fails."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection

from tests.twitter import village
from trainer.lib import clock
from trainer.twitter import consumers
from trainer.twitter.consumers import backlog, drain
from trainer.twitter.models import DeliveryReport, OutboxRow, SearchDocument
from trainer.twitter.outbox import Consumer, Event, enqueue
from trainer.twitter.tweets import services
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
FOX = 6


@pytest.fixture
def world() -> World:
    return overlays.create_overlay(village.build().world, now=clock.now())


def post(world: World) -> int:
    return services.post_tweet(world, FOX, "hello", now=clock.now())


def found(world: World) -> set[int]:
    return set(SearchDocument.objects.filter(world_id=world.id).values_list("tweet_id", flat=True))


def test_every_consumer_does_its_row_and_nothing_is_left(world: World) -> None:
    tweet = post(world)
    assert set(backlog(world_id=world.id).values()) == {1}
    assert [drain(consumer) for consumer in Consumer] == [1] * len(Consumer)
    assert set(backlog(world_id=world.id).values()) == {0}
    assert found(world) == {tweet}
    assert DeliveryReport.objects.filter(world_id=world.id, tweet_id=tweet).exists()
    assert [drain(consumer) for consumer in Consumer] == [0] * len(Consumer)


def test_the_rows_of_a_sandbox_are_left_to_its_own_workers(world: World, settings) -> None:
    settings.SANDBOX = 2
    tweet = post(world)
    settings.SANDBOX = 0
    assert [drain(consumer) for consumer in Consumer] == [0] * len(Consumer)
    assert drain(Consumer.SEARCH, lane=1) == 0
    assert drain(Consumer.SEARCH, lane=2) == 1
    assert found(world) == {tweet}


def test_a_row_that_cannot_be_done_is_put_off_alone(world: World) -> None:
    tweet = post(world)
    enqueue(world, Event.POSTED, {"not_a_tweet": 1})
    assert drain(Consumer.SEARCH) == 2
    assert found(world) == {tweet}
    row = OutboxRow.objects.get(consumer=Consumer.SEARCH)
    assert row.attempts == 1
    assert row.retry_at > clock.now()
    assert drain(Consumer.SEARCH) == 0


def test_a_row_that_postgres_refuses_does_not_hold_up_the_others(world: World) -> None:
    tweet = post(world)
    enqueue(world, Event.POSTED, {"tweet_id": 2**70})
    for consumer in Consumer:
        drain(consumer)
    assert found(world) == {tweet}
    assert OutboxRow.objects.filter(payload__tweet_id=tweet).count() == 0


def test_a_row_waits_longer_each_time_it_fails(world: World) -> None:
    enqueue(world, Event.POSTED, {"not_a_tweet": 1})
    pauses = []
    for _ in range(3):
        drain(Consumer.SEARCH)
        row = OutboxRow.objects.get(consumer=Consumer.SEARCH)
        pauses.append((row.retry_at - clock.now()) / timedelta(seconds=1))
        OutboxRow.objects.update(retry_at=clock.now())
    assert pauses == sorted(pauses)
    assert consumers.FIRST_PAUSE_S * 4 - 1 < pauses[-1] <= consumers.FIRST_PAUSE_S * 4


def test_while_redis_is_down_only_the_fan_out_waits(world: World, settings: LazySettings) -> None:
    tweet = post(world)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert [drain(consumer) for consumer in Consumer] == [1] * len(Consumer)
    assert backlog(world_id=world.id)["fanout"] == 1
    assert found(world) == {tweet}


def test_rows_of_a_dropped_world_are_let_go(world: World) -> None:
    post(world)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM twitter_world WHERE id = %s", [world.id])
    assert drain(Consumer.SEARCH) == 1
    assert not SearchDocument.objects.filter(world_id=world.id).exists()


def test_a_batch_is_no_larger_than_asked_for(world: World) -> None:
    for _ in range(3):
        post(world)
    assert [drain(Consumer.SEARCH, limit=2) for _ in range(3)] == [2, 1, 0]
