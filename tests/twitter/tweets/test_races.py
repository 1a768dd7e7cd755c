"""Two requests of one account at the same moment: what stands after both is what one after the
other would have left."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.twitter import village
from trainer.lib import clock
from trainer.twitter import errors
from trainer.twitter.models import OutboxRow
from trainer.twitter.outbox import Consumer, Event
from trainer.twitter.tweets import services
from trainer.twitter.tweets.selectors import get_tweet
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db(transaction=True)
ANN, BEN, *_ = village.ACCOUNTS
PATIENCE_S = 10.0
_WAITING = """
SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


@pytest.fixture
def world() -> World:
    return overlays.create_overlay(village.build().world, now=clock.now())


@pytest.fixture
def tweet(world: World) -> int:
    return services.post_tweet(world, BEN, "what do you think?", now=clock.now())


def reply(world: World, tweet: int) -> int:
    return services.post_tweet(world, ANN, "yes", reply_to=tweet, now=clock.now())


def delete(world: World, tweet: int) -> None:
    services.delete_tweet(world, ANN, tweet, now=clock.now())


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        (found,) = cursor.fetchone()
    return bool(found)


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> "Future[object]":
    """Commit `first` when `second` has begun and waits for it; how `second` went."""
    done = threading.Event()

    def other() -> object:
        try:
            return second()
        finally:
            done.set()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            outcome = pool.submit(other)
            end = time.monotonic() + PATIENCE_S
            while not (waits_for_a_lock() or done.is_set()) and time.monotonic() < end:
                time.sleep(0.01)
        return outcome


def test_a_reply_posted_while_the_only_one_is_deleted_counts(world: World, tweet: int) -> None:
    old = reply(world, tweet)
    meanwhile(lambda: reply(world, tweet), lambda: delete(world, old)).result()
    assert get_tweet(world, tweet).counts.replies == 1


def test_the_only_two_replies_deleted_at_once_leave_no_replier(world: World, tweet: int) -> None:
    one, two = reply(world, tweet), reply(world, tweet)
    meanwhile(lambda: delete(world, one), lambda: delete(world, two)).result()
    assert get_tweet(world, tweet).counts.replies == 0


def test_a_tweet_deleted_twice_at_once_is_deleted_once(world: World, tweet: int) -> None:
    old = reply(world, tweet)
    second = meanwhile(lambda: delete(world, old), lambda: delete(world, old))
    assert isinstance(second.exception(), errors.UnknownTweet)
    deleted = OutboxRow.objects.filter(consumer=Consumer.SEARCH, kind=Event.DELETED)
    assert deleted.count() == 1
