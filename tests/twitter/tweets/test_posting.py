"""Posting, deleting, retweeting and engaging, in an overlay on the village."""

from datetime import timedelta

import pytest

from tests.twitter import village
from trainer.lib import clock
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import errors
from trainer.twitter.graph import services as graph
from trainer.twitter.models import Engagement, OutboxRow, Tweet
from trainer.twitter.tweets import engaging, services
from trainer.twitter.tweets.models import Delivery, EngagementKind, Kind
from trainer.twitter.tweets.selectors import get_account, get_tweet, hydrate
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
ANN, BEN, CEM, DOT, EVA, FOX, GUS, HAL = village.ACCOUNTS
NOW = clock.now()


@pytest.fixture
def made() -> village.Village:
    return village.build()


@pytest.fixture
def world(made: village.Village) -> World:
    return overlays.create_overlay(made.world, now=NOW)


def post(world: World, author: int, text: str = "hello", **more: int) -> int:
    return services.post_tweet(world, author, text, now=NOW, **more)


def test_a_tweet_is_read_back_in_its_overlay_alone(made: village.Village, world: World) -> None:
    tweet = get_tweet(world, post(world, FOX, "  hello   there "))
    assert (tweet.text, tweet.kind, tweet.author_id) == ("hello   there", Kind.TWEET, FOX)
    other = overlays.create_overlay(made.world, now=NOW)
    for elsewhere in (made.world, other):
        with pytest.raises(errors.UnknownTweet):
            get_tweet(elsewhere, tweet.id)


def test_a_tweet_of_an_overlay_is_newer_than_all_of_its_base(world: World) -> None:
    tweet = get_tweet(world, post(world, FOX))
    assert tweet.id > max(Tweet.objects.filter(world_id=world.root.id).values_list("id", flat=True))
    assert tweet.posted_at - world.ends_at < timedelta(seconds=1)


def test_at_the_threshold_it_is_pull_and_one_below_push(world: World) -> None:
    followers = get_account(world, ANN).followers
    for threshold, delivery in ((followers, Delivery.PULL), (followers + 1, Delivery.PUSH)):
        world = overlays.set_delivery(world, threshold=threshold, viral_after=0)
        assert get_tweet(world, post(world, ANN)).delivery == delivery


def test_a_stamp_stays_when_the_author_crosses_the_threshold(world: World) -> None:
    world = overlays.set_delivery(
        world, threshold=get_account(world, FOX).followers + 1, viral_after=0
    )
    pushed = post(world, FOX)
    graph.follow(world, ANN, FOX)
    pulled = post(world, FOX)
    assert get_tweet(world, pushed).delivery == Delivery.PUSH
    assert get_tweet(world, pulled).delivery == Delivery.PULL


def test_a_viral_tweet_is_not_pushed_by_yet_another_retweeter(world: World) -> None:
    world = overlays.set_delivery(world, threshold=1000, viral_after=2)
    original = post(world, FOX)
    stamps = [
        get_tweet(world, services.retweet(world, account, original, now=NOW)).delivery
        for account in (ANN, BEN, CEM)
    ]
    assert stamps == [Delivery.PUSH, Delivery.PUSH, Delivery.PULL]


def test_retweeting_twice_is_one_retweet(world: World) -> None:
    original = post(world, FOX)
    first = services.retweet(world, ANN, original, now=NOW)
    assert services.retweet(world, ANN, original, now=NOW) == first
    assert get_tweet(world, original).counts.retweets == 1


def test_a_retweet_of_a_retweet_is_one_of_the_original(world: World) -> None:
    original = post(world, FOX)
    first = services.retweet(world, ANN, original, now=NOW)
    second = get_tweet(world, services.retweet(world, BEN, first, now=NOW))
    assert (second.retweet_of, second.original_author_id) == (original, FOX)


def test_a_deleted_retweet_counts_no_more_and_may_be_done_again(world: World) -> None:
    original = post(world, FOX)
    first = services.retweet(world, ANN, original, now=NOW)
    services.delete_tweet(world, ANN, first, now=NOW)
    assert get_tweet(world, original).counts.retweets == 0
    assert services.retweet(world, ANN, original, now=NOW) != first


def test_a_tweet_of_the_base_deleted_in_an_overlay_is_gone_there_alone(
    made: village.Village, world: World
) -> None:
    author, tweet_id = village.HISTORY[0][0], made.tweet_ids[0]
    services.delete_tweet(world, author, tweet_id, now=NOW)
    assert hydrate(world, [tweet_id]) == {}
    assert get_tweet(made.world, tweet_id).text
    with pytest.raises(errors.UnknownTweet):
        services.delete_tweet(world, author, tweet_id, now=NOW)


def test_a_reply_to_a_retweet_is_one_to_the_original(world: World) -> None:
    tweet = post(world, BEN)
    again = services.retweet(world, CEM, tweet, now=NOW)
    assert get_tweet(world, post(world, ANN, reply_to=again)).reply_to == tweet
    assert get_tweet(world, tweet).counts.replies == 1
    assert get_tweet(world, again).counts.replies == 0


def test_the_last_reply_deleted_takes_the_replier_out_of_the_count(world: World) -> None:
    tweet = post(world, FOX)
    replies = [post(world, ANN, reply_to=tweet) for _ in range(2)]
    for reply, left in zip(replies, (1, 0), strict=True):
        assert get_tweet(world, tweet).counts.replies == 1
        services.delete_tweet(world, ANN, reply, now=NOW)
        assert get_tweet(world, tweet).counts.replies == left


def test_liking_twice_counts_once_and_can_be_taken_back(world: World) -> None:
    tweet = post(world, FOX)
    assert engaging.engage(world, ANN, tweet, "like", now=NOW)
    assert not engaging.engage(world, ANN, tweet, "like", now=NOW)
    assert get_tweet(world, tweet).counts.likes == 1
    assert engaging.disengage(world, ANN, tweet, "like", now=NOW)
    assert not engaging.disengage(world, ANN, tweet, "like", now=NOW)
    assert get_tweet(world, tweet).counts.likes == 0


def test_a_like_of_the_base_can_be_taken_back_in_an_overlay(
    made: village.Village, world: World
) -> None:
    tweet = made.tweet_ids[0]
    in_base = {"world_id": made.world.id, "account_id": HAL, "tweet_id": tweet}
    like = Engagement(**in_base, kind=EngagementKind.LIKE, at=NOW)
    Engagement.objects.bulk_create([like])
    Tweet.objects.filter(world_id=made.world.id, id=tweet).update(like_count=1)
    assert engaging.disengage(world, HAL, tweet, "like", now=NOW)
    assert get_tweet(world, tweet).counts.likes == 0
    assert get_tweet(made.world, tweet).counts.likes == 1
    assert engaging.engage(world, HAL, tweet, "like", now=NOW)
    assert get_tweet(world, tweet).counts.likes == 1
    assert not Engagement.objects.filter(world_id=world.id).exists()


def test_a_like_of_a_retweet_is_one_of_the_original(world: World) -> None:
    original = post(world, FOX)
    engaging.engage(world, BEN, services.retweet(world, ANN, original, now=NOW), "like", now=NOW)
    assert get_tweet(world, original).counts.likes == 1


def test_each_consumer_that_cares_gets_its_row(world: World) -> None:
    original = post(world, FOX)
    services.retweet(world, ANN, original, now=NOW)
    kinds = sorted(OutboxRow.objects.filter(world_id=world.id).values_list("consumer", "kind"))
    assert kinds == [
        ("fanout", "posted"),
        ("fanout", "retweeted"),
        ("interactions", "posted"),
        ("interactions", "retweeted"),
        ("search", "posted"),
        ("trends", "posted"),
    ]


def test_what_is_refused_leaves_no_row(world: World) -> None:
    for text in ("", "   ", "x" * 281, "a\0b", "a\ud800b"):
        with pytest.raises(errors.TwitterError):
            post(world, FOX, text)
    assert not Tweet.objects.filter(world_id=world.id).exists()
    assert not OutboxRow.objects.filter(world_id=world.id).exists()


def test_280_composed_characters_fit() -> None:
    assert services.checked("e\u0301" * 280) == "\u00e9" * 280


def test_the_base_refuses_to_be_written_to(made: village.Village) -> None:
    with pytest.raises(errors.BaseIsImmutable):
        post(made.world, FOX)
    with pytest.raises(errors.BaseIsImmutable):
        graph.follow(made.world, FOX, ANN)


def test_a_dropped_overlay_refuses_to_be_written_to(world: World) -> None:
    overlays.drop_overlay(rebuildable(), world)
    with pytest.raises(errors.UnknownWorld):
        post(world, FOX)
