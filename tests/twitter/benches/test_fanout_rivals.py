"""The other ways do what they are said to do, so that the bench compares like with like."""

from collections.abc import Iterator

import numpy as np
import pytest
from redis import Redis

from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import keys
from trainer.twitter.benches import fanout_rivals as rivals
from trainer.twitter.graph.packed import DTYPE
from trainer.twitter.timelines.push import Delivery, push

WORLD = 1_999_999_999
FOLLOWERS = np.arange(1, 101, dtype=DTYPE)
TWEET = 1 << 60
ELEMENT = TWEET.to_bytes(8, "big")


@pytest.fixture
def redis(servers: None) -> Iterator[Redis]:
    yield rebuildable()
    timelines = [keys.home(WORLD, n) for n in FOLLOWERS.tolist()]
    rebuildable().delete(rivals.followers_key(WORLD), *timelines)


def lists(redis: Redis) -> list[list[bytes]]:
    return [redis.lrange(keys.home(WORLD, n), 0, -1) for n in FOLLOWERS.tolist()]


def test_the_server_s_limit_writes_the_same_lists_as_a_push(redis: Redis) -> None:
    rivals.ServerLimit(redis, WORLD, FOLLOWERS)(ELEMENT)
    assert lists(redis) == [[ELEMENT]] * 100
    push(redis, WORLD, [Delivery(TWEET, FOLLOWERS)], np.zeros(101, dtype=np.bool_))
    assert lists(redis) == [[ELEMENT] * 2] * 100


def test_a_pipeline_and_a_loop_write_every_follower_s_list(redis: Redis) -> None:
    rivals.pipelined(redis, WORLD, FOLLOWERS, ELEMENT)
    rivals.one_by_one(redis, WORLD, FOLLOWERS, ELEMENT)
    assert lists(redis) == [[ELEMENT] * 2] * 100


def test_mastodon_s_sequence_writes_every_follower_s_sorted_set(redis: Redis) -> None:
    rivals.as_mastodon(redis, WORLD, FOLLOWERS, TWEET)
    rivals.as_mastodon(redis, WORLD, FOLLOWERS, TWEET + 1)
    found = [redis.zrange(keys.home(WORLD, n), 0, -1) for n in FOLLOWERS.tolist()]
    assert found == [[b"%d" % TWEET, b"%d" % (TWEET + 1)]] * 100
