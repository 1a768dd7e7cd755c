"""Readers and pushes of these tests' own, so that they say nothing about the fan-out."""

import struct
from collections.abc import Iterable
from datetime import timedelta

from redis import Redis

from tests.twitter import oracle, village
from trainer.twitter import keys
from trainer.twitter.timelines.home import HomePage, chronological_home
from trainer.twitter.tweets.models import Delivery, Kind, Tweet
from trainer.twitter.world.value import World


def ids(page: HomePage) -> list[int]:
    return [entry.tweet.id for entry in page.entries]


def scroll(redis: Redis, world: World, reader: int, limit: int = 50) -> list[int]:
    """The whole timeline, page by page; every page but the last is full."""
    found: list[int] = []
    cursor = None
    while True:
        page = chronological_home(redis, world, reader, limit=limit, cursor=cursor)
        found += ids(page)
        cursor = page.next_cursor
        if cursor is None:
            return found
        assert len(page.entries) == limit


def element(tweet_id: int) -> bytes:
    return struct.pack(">Q", tweet_id)


def push(redis: Redis, world: World, tweet_id: int) -> None:
    """What a fan-out does: append to the lists of the followers, unless it is to be pulled."""
    tweet = Tweet.objects.get(world_id=world.id, id=tweet_id)
    if tweet.delivery == Delivery.PUSH:
        for follower, followee in oracle.follows(world):
            if followee == tweet.author_id:
                redis.rpush(keys.home(world.id, follower), element(tweet_id))


def write(
    world: World,
    author_id: int,
    count: int,
    *,
    delivery: Delivery = Delivery.PUSH,
    retweet_of: Tweet | None = None,
    after_minutes: int = 0,
) -> list[Tweet]:
    """Rows of `count` tweets (or retweets), a millisecond apart, beginning so many minutes after
    the village's last."""
    start = village.ENDS_AT + timedelta(minutes=after_minutes)
    rows = [
        Tweet(
            world_id=world.id,
            id=village.snowflake(start + timedelta(milliseconds=n), author_id),
            author_id=author_id,
            kind=Kind.TWEET if retweet_of is None else Kind.RETWEET,
            text="" if retweet_of else f"line {n}",
            retweet_of=retweet_of and retweet_of.id,
            original_author_id=retweet_of and retweet_of.author_id,
            delivery=delivery,
        )
        for n in range(count)
    ]
    return Tweet.objects.bulk_create(rows)


def newest_first(tweets: Iterable[Tweet]) -> list[int]:
    return sorted((tweet.id for tweet in tweets), reverse=True)
