import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from tests.twitter.trends.town import (
    ENDS_AT,
    NEWBORN,
    QUALITY,
    base_mentions,
    build,
    deleted,
    overlay,
    people,
    posted,
    store,
)
from trainer.twitter.consumers import drain
from trainer.twitter.outbox import Consumer
from trainer.twitter.trends.counting import handle
from trainer.twitter.trends.models import TrendMention
from trainer.twitter.trends.rules import RULES
from trainer.twitter.tweets import services
from trainer.twitter.tweets.models import Tweet
from trainer.twitter.world.value import World


def rows(world: World) -> list[tuple]:
    found = TrendMention.objects.filter(world_id=world.id).order_by("tweet_id", "term")
    columns = ("tweet_id", "term", "minute", "author_id", "region", "weight", "is_deleted")
    return list(found.values_list(*columns))


def delete(world: World, tweets: list[Tweet]) -> None:
    """As the service leaves a tweet of the overlay: a tombstone without a text."""
    ids = [tweet.id for tweet in tweets]
    Tweet.objects.filter(world_id=world.id, id__in=ids).update(is_deleted=True, text="")


def test_each_tag_of_a_tweet_is_counted_at_the_minute_it_was_posted(world: World):
    (tweet,) = store(world, [(7, 3.5, "#Goal and #goal and #derby")])
    handle(posted(world, [tweet]))
    minute = int(ENDS_AT.timestamp()) // 60 + 3
    assert rows(world) == [
        (tweet.id, "derby", minute, 7, 3, QUALITY, False),
        (tweet.id, "goal", minute, 7, 3, QUALITY, False),
    ]


def test_a_new_accounts_mention_weighs_less(world: World):
    handle(posted(world, store(world, [(NEWBORN[0], 0, "#tag")])))
    grown = RULES.newest_weight + (1 - RULES.newest_weight) / RULES.new_account_days
    assert rows(world)[0][5] == pytest.approx(QUALITY * grown)


def test_a_full_width_sign_is_counted_too(world: World):
    handle(posted(world, store(world, [(1, 0, "\uff03tag")])))
    assert rows(world)[0][1] == "tag"


def test_a_tweet_without_a_tag_leaves_nothing(world: World):
    handle(posted(world, store(world, [(1, 0, "plain words")])))
    assert rows(world) == []


def test_redelivery_changes_nothing(world: World):
    tweets = store(world, people("tag", 20))
    jobs = [*posted(world, tweets), *deleted(world, tweets[:5])]
    delete(world, tweets[:5])
    handle(jobs)
    once = rows(world)
    for seed in range(3):
        random.Random(seed).shuffle(jobs)
        handle(jobs + jobs)
    assert rows(world) == once


def test_the_order_of_batches_does_not_matter_for_what_counts(world: World):
    tweets = store(world, people("tag", 6))
    delete(world, tweets[:3])
    handle(deleted(world, tweets[:3]))
    handle(posted(world, tweets))
    standing = [row[0] for row in rows(world) if not row[-1]]
    assert standing == sorted(tweet.id for tweet in tweets[3:])


def test_deleting_a_tweet_of_the_base_lays_a_shadow_over_it_and_leaves_the_base(
    base: World, world: World
):
    tweets = base_mentions(base, "tag", people("tag", 3))
    before = rows(base)
    handle(deleted(world, tweets[:1]))
    handle(deleted(world, tweets[:1]))
    assert rows(base) == before
    assert [(row[0], row[-1]) for row in rows(world)] == [(tweets[0].id, True)]


@pytest.mark.django_db(transaction=True)
def test_a_deletion_waits_for_the_count_that_it_has_to_retract():
    world = overlay(build())
    tweets = store(world, people("tag", 1))
    with transaction.atomic():
        handle(posted(world, tweets))
        with ThreadPoolExecutor(1) as pool, pytest.raises(OperationalError, match="lock timeout"):
            pool.submit(_delete_without_patience, tweets[0].id).result()


def _delete_without_patience(tweet_id: int) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
            cursor.execute("UPDATE twitter_tweet SET is_deleted = true WHERE id = %s", [tweet_id])
    finally:
        connection.close()


def test_one_batch_may_hold_jobs_of_two_worlds(base: World, world: World):
    other = overlay(base)
    here, there = store(world, [(1, 0, "#here")]), store(other, [(2, 0, "#there")])
    handle([*posted(world, here), *posted(other, there)])
    assert [row[1] for row in rows(world)] == ["here"]
    assert [row[1] for row in rows(other)] == ["there"]


def test_the_outbox_brings_what_is_posted_and_deleted(world: World):
    now = ENDS_AT + timedelta(minutes=1)
    kept = services.post_tweet(world, 1, "a #tag", now=now)
    gone = services.post_tweet(world, 2, "a #tag", now=now)
    assert drain(Consumer.TRENDS) == 2
    services.delete_tweet(world, 2, gone, now=now)
    assert drain(Consumer.TRENDS) == 1
    assert [(row[0], row[-1]) for row in rows(world)] == sorted([(kept, False), (gone, True)])
