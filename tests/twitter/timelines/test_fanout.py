"""The consumer, on the village. Who follows whom there: tests/twitter/village.py."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from redis import Redis
from redis.exceptions import RedisError

from tests.twitter import village
from tests.twitter.reading import NOWHERE
from tests.twitter.timelines.reading import element, write
from trainer.lib import clock
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import keys
from trainer.twitter.graph.services import follow, unfollow
from trainer.twitter.models import DeliveryReport, OutboxRow
from trainer.twitter.outbox import Consumer, Job
from trainer.twitter.timelines.fanout import dormant, handle
from trainer.twitter.timelines.storms import Storm, storm
from trainer.twitter.timelines.window import BUILDING, Window, marker, parse
from trainer.twitter.tweets.models import Delivery
from trainer.twitter.tweets.services import post_tweet, retweet
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
ANN, BEN, CEM, DOT, EVA, FOX, GUS, HAL = village.ACCOUNTS


@pytest.fixture
def redis() -> Iterator[Redis]:
    rebuildable().flushdb()
    yield rebuildable()
    rebuildable().flushdb()


@pytest.fixture
def world(redis: Redis) -> World:
    """An overlay in which five followers are many. Ann has five, the others fewer."""
    return overlays.create_overlay(village.build().world, now=clock.now(), threshold=5)


def jobs() -> list[Job]:
    rows = OutboxRow.objects.filter(consumer=Consumer.FANOUT).order_by("id")
    worlds = overlays.by_ids({row.world_id for row in rows})
    return [
        Job(row.pk, worlds[row.world_id], row.kind, row.payload, row.enqueued_at, clock.now())
        for row in rows
    ]


def work() -> None:
    handle(jobs())
    OutboxRow.objects.all().delete()


def post(world: World, author: int) -> int:
    return post_tweet(world, author, "something new", now=clock.now())


def verify(redis: Redis, world: World, account: int, *ids: int, floor: int = 0) -> None:
    """As a reader's rebuild leaves the list."""
    redis.delete(keys.home(world.id, account))
    redis.rpush(keys.home(world.id, account), marker(floor), *map(element, ids))


def held(redis: Redis, world: World, account: int) -> list[bytes]:
    return redis.lrange(keys.home(world.id, account), 0, -1)


def window(redis: Redis, world: World, account: int) -> Window:
    found = parse(b"".join(held(redis, world, account)))
    assert found is not None
    return found


def report(world: World, tweet_id: int) -> DeliveryReport:
    return DeliveryReport.objects.get(world_id=world.id, tweet_id=tweet_id)


def cost(world: World, tweet_id: int) -> tuple[int, int, int, int]:
    found = report(world, tweet_id)
    return found.attempted, found.stored, found.skipped, found.batches


def test_a_tweet_is_pushed_to_all_followers_but_the_dormant(redis: Redis, world: World) -> None:
    tweet_id = post(world, BEN)  # followed by ann, eva and the dormant hal
    work()
    assert {n for n in village.ACCOUNTS if held(redis, world, n)} == {ANN, EVA}
    assert held(redis, world, EVA) == [element(tweet_id)]
    assert cost(world, tweet_id) == (3, 2, 1, 3)


def test_a_dormant_follower_who_came_back_is_pushed_to(redis: Redis, world: World) -> None:
    verify(redis, world, HAL)
    tweet_id = post(world, BEN)
    work()
    assert window(redis, world, HAL).ids.tolist() == [tweet_id]
    assert cost(world, tweet_id)[:3] == (3, 3, 0)


def test_what_is_stamped_pull_is_not_pushed_but_reported(redis: Redis, world: World) -> None:
    tweet_id = post(world, ANN)
    work()
    assert not list(redis.scan_iter(match=b"home:*"))
    assert cost(world, tweet_id) == (0, 0, 0, 0)


def test_the_stamp_decides_not_the_present_threshold(redis: Redis, world: World) -> None:
    tweet_id = post(world, BEN)
    overlays.set_delivery(world, threshold=0, viral_after=0)
    work()
    assert cost(world, tweet_id)[0] == 3


def test_a_batch_of_many_authors_and_worlds_gives_each_its_own(redis: Redis, world: World) -> None:
    assert world.base is not None
    other = overlays.create_overlay(world.base, now=clock.now(), threshold=9)
    first, second, third = post(world, BEN), post(world, CEM), post(other, ANN)
    fourth = retweet(world, DOT, first, now=clock.now())
    work()
    assert held(redis, world, ANN) == [element(id) for id in (first, second, fourth)]
    assert held(redis, world, BEN) == [element(second)]
    assert held(redis, world, GUS) == [element(fourth)]
    assert held(redis, other, CEM) == [element(third)]
    assert cost(other, third)[:3] == (5, 4, 1)
    assert not DeliveryReport.objects.filter(world_id=other.id, tweet_id=first).exists()


def test_redelivery_writes_the_report_anew(redis: Redis, world: World) -> None:
    tweet_id = post(world, BEN)
    verify(redis, world, ANN)
    waiting = jobs()
    handle(waiting)
    before = report(world, tweet_id)
    handle(waiting)
    after = report(world, tweet_id)
    assert cost(world, tweet_id) == (3, 2, 1, 3)
    assert after.started_at >= before.finished_at
    assert window(redis, world, ANN).ids.tolist() == [tweet_id]


def test_a_tweet_whose_row_is_gone_is_no_error(redis: Redis, world: World) -> None:
    post(world, BEN)
    waiting = jobs()
    overlays.drop_overlay(redis, world)
    handle(waiting)
    assert not DeliveryReport.objects.exists()


def test_without_redis_the_work_is_refused(redis: Redis, world: World) -> None:
    tweet_id = post(world, BEN)
    with override_settings(REDIS_URL=NOWHERE), pytest.raises(RedisError):
        work()
    work()
    assert held(redis, world, EVA) == [element(tweet_id)]


def test_following_brings_the_author_s_tweets_of_base_and_overlay(
    redis: Redis, world: World
) -> None:
    assert world.base is not None
    of_base = [tweet.id for tweet in write(world.base, GUS, 3)]
    mine = post(world, GUS)
    work()
    verify(redis, world, FOX)
    follow(world, FOX, GUS)
    work()
    assert {mine, *of_base} <= set(window(redis, world, FOX).ids.tolist())
    assert window(redis, world, FOX).floor == 0


def test_following_again_whom_the_base_follows_brings_the_overlay_s_tweets_alone(
    redis: Redis, world: World
) -> None:
    mine = post(world, DOT)
    verify(redis, world, ANN)
    unfollow(world, ANN, DOT)
    work()
    assert window(redis, world, ANN).ids.tolist() == []
    follow(world, ANN, DOT)
    work()
    assert window(redis, world, ANN).ids.tolist() == [mine]


def test_following_leaves_out_what_is_stamped_pull(redis: Redis, world: World) -> None:
    pulled = write(world, GUS, 2, delivery=Delivery.PULL, after_minutes=1)
    (pushed,) = write(world, GUS, 1, after_minutes=2)
    verify(redis, world, FOX)
    follow(world, FOX, GUS)
    work()
    ids = window(redis, world, FOX).ids.tolist()
    assert ids[0] == pushed.id
    assert not {tweet.id for tweet in pulled} & set(ids)


@pytest.mark.parametrize("head", [None, BUILDING], ids=["unverified", "being rebuilt"])
def test_following_leaves_a_list_that_is_not_whole_to_the_next_rebuild(
    redis: Redis, world: World, head: bytes | None
) -> None:
    kept = [element(3), element(4)]
    redis.rpush(keys.home(world.id, FOX), *([head] if head else []), *kept)
    write(world, GUS, 2, after_minutes=1)
    follow(world, FOX, GUS)
    work()
    assert held(redis, world, FOX) == kept


def test_following_does_not_make_a_list(redis: Redis, world: World) -> None:
    write(world, GUS, 2, after_minutes=1)
    follow(world, FOX, GUS)
    work()
    assert not redis.exists(keys.home(world.id, FOX))


def test_following_a_prolific_author_raises_the_floor_to_what_does_not_fit(
    redis: Redis, world: World
) -> None:
    tweets = sorted(tweet.id for tweet in write(world, GUS, 900, after_minutes=1))
    verify(redis, world, FOX, 5, 6)
    redis.expire(keys.home(world.id, FOX), 100)
    follow(world, FOX, GUS)
    work()
    found = window(redis, world, FOX)
    assert found.floor == tweets[99]
    assert found.ids.tolist() == tweets[:99:-1]
    assert 0 < redis.ttl(keys.home(world.id, FOX)) <= 100


def test_following_keeps_the_newest_of_old_and_new(redis: Redis, world: World) -> None:
    tweets = sorted(tweet.id for tweet in write(world, GUS, 700, after_minutes=1))
    newer = [tweets[-1] + n for n in range(1, 301)]
    verify(redis, world, FOX, *newer[::-1], *newer[:5], floor=tweets[10])
    follow(world, FOX, GUS)
    work()
    found = window(redis, world, FOX)
    assert found.ids.tolist() == [*newer[::-1], *tweets[:-501:-1]]
    assert found.floor == tweets[-501]


def test_unfollowing_takes_the_author_s_tweets_out_and_nothing_else(
    redis: Redis, world: World
) -> None:
    post(world, DOT)
    others = post(world, CEM)
    verify(redis, world, ANN, floor=3)
    redis.expire(keys.home(world.id, ANN), 100)
    work()
    unfollow(world, ANN, DOT)
    work()
    assert held(redis, world, ANN) == [marker(3), element(others)]
    assert 0 < redis.ttl(keys.home(world.id, ANN)) <= 100


def test_an_unverified_list_of_one_author_goes_with_them(redis: Redis, world: World) -> None:
    post(world, DOT)
    work()
    assert held(redis, world, ANN)
    unfollow(world, ANN, DOT)
    work()
    assert not redis.exists(keys.home(world.id, ANN))


def test_edges_are_settled_as_the_graph_stands_in_whatever_order_they_changed(
    redis: Redis, world: World
) -> None:
    """The worker of an old change may be the last to come."""
    tweet_id = post(world, DOT)
    verify(redis, world, ANN)
    unfollow(world, ANN, DOT)
    unfollowed = [job for job in jobs() if job.kind == "unfollowed"]
    follow(world, ANN, DOT)
    work()
    handle(unfollowed)
    handle(unfollowed)
    assert window(redis, world, ANN).ids.tolist() == [tweet_id]


def test_the_dormant_are_those_away_for_thirty_days(world: World) -> None:
    assert dormant(world.root.id).nonzero()[0].tolist() == [HAL]


def test_a_storm_of_retweets_is_written_until_the_tweet_is_viral(
    redis: Redis, world: World
) -> None:
    world = overlays.set_delivery(world, threshold=5, viral_after=2)
    tweet_id = post(world, GUS)
    follow(world, FOX, BEN)
    for account in (BEN, CEM, DOT, EVA):  # with 4, 2, 3 and 1 followers
        retweet(world, account, tweet_id, now=clock.now())
    work()
    found = storm(world, tweet_id)
    assert (found.retweets, found.pulled) == (4, 2)
    assert found.attempted == 4 + 2 + 3 + 1
    assert found.stored == 3 + 2  # hal is dormant
    assert storm(world, 1) == Storm(0, 0, 0, 0)
