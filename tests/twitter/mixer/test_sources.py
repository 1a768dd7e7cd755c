"""Where candidates come from: in-network ones are the reader's own, the others nobody's whom the
reader has already."""

import numpy as np
import pytest
from django.db import connection
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from tests.twitter.mixer.ranked import DEAD, SHELF, WEIGHTS
from trainer.lib import clock
from trainer.twitter.graph.selectors import following
from trainer.twitter.graph.services import unfollow
from trainer.twitter.mixer.query import hydrate
from trainer.twitter.mixer.reaching import Reach
from trainer.twitter.mixer.sight import Sight
from trainer.twitter.mixer.sources import celebrities, in_network
from trainer.twitter.mixer.sources.outside import interleaved
from trainer.twitter.mixer.types import Fetched, Query
from trainer.twitter.tweets.engaging import engage
from trainer.twitter.tweets.models import Delivery
from trainer.twitter.tweets.services import post_tweet
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db


def seen_by(world: World, reader: int) -> tuple[Query, Sight]:
    at_ms = int(world.now(clock.now()).timestamp() * 1000)
    query = hydrate(None, world, Query(reader, at_ms, WEIGHTS, np.empty(0, np.int64)))
    sight = Sight(SHELF.known(world))
    sight.begin(query)
    return query, sight


def newest(world: World, reader: int, delivery: Delivery, limit: int) -> list[int]:
    """By definition, from the rows themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM twitter_tweet WHERE world_id = ANY(%s) AND author_id = ANY(%s)"
            " AND delivery = %s AND NOT is_deleted ORDER BY id DESC LIMIT %s",
            [
                list(world.lineage),
                following(None, world, reader).tolist(),
                int(delivery),
                limit,
            ],
        )
        return [id for (id,) in cursor.fetchall()]


@pytest.mark.parametrize("redis_is_there", [True, False])
def test_in_network_gives_the_newest_pushed_entries(
    redis: Redis, base: World, reader: int, redis_is_there: bool
) -> None:
    query, sight = seen_by(base, reader)
    found = in_network.fetch(redis if redis_is_there else None, base, sight.present, query, 100)
    assert found.ids.tolist() == newest(base, reader, Delivery.PUSH, 100)


@pytest.mark.parametrize("redis_is_there", [True, False])
def test_celebrities_are_pulled_from_base_and_overlay(
    redis: Redis, world: World, redis_is_there: bool
) -> None:
    (star,) = celebrity(world)
    (fan,) = fans(world, star)
    tweet = post_tweet(world, star, "hello", now=clock.now())
    query, _ = seen_by(world, fan)
    found = celebrities.fetch(redis if redis_is_there else None, world, query, 20)
    assert found.ids.tolist() == newest(world, fan, Delivery.PULL, 20)
    assert found.ids[0] == tweet


def celebrity(world: World) -> list[int]:
    return some(
        "SELECT id FROM twitter_account WHERE world_id = %s ORDER BY followers_count DESC LIMIT 1",
        world.root.id,
    )


def fans(world: World, star: int) -> list[int]:
    return some(
        "SELECT account_id FROM twitter_basegraph WHERE world_id = %s"
        " AND following @> ARRAY[%s]::int[] ORDER BY account_id LIMIT 1",
        world.root.id,
        star,
    )


def some(sql: str, *parameters: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [id for (id,) in cursor.fetchall()]


def test_who_is_followed_no_more_is_not_in_network(redis: Redis, world: World, reader: int) -> None:
    query, sight = seen_by(world, reader)
    found = in_network.fetch(redis, world, sight.present, query, 500)
    (author,) = set(sight.present.authors(sight.present.rows(found.ids[:1])).tolist())
    unfollow(world, reader, author)
    query, sight = seen_by(world, reader)
    found = in_network.fetch(redis, world, sight.present, query, 500)
    assert author not in sight.present.authors(sight.present.rows(found.ids)).tolist()


def strangers(reader: int, found: Fetched, query: Query, sight: Sight) -> None:
    """Each once, by nobody whom the reader follows, not their own, and nothing they have used."""
    authors = set(sight.present.authors(sight.present.rows(found.ids)).tolist())
    assert len(set(found.ids.tolist())) == len(found.ids) == len(found.score)
    assert not authors & {reader, *query.following.tolist()}
    assert not set(found.ids.tolist()) & set(query.engaged.tolist())


def test_discovery_finds_nothing_that_the_reader_has_already(base: World) -> None:
    some_found = 0
    for reader in range(1, 2_000, 67):
        query, sight = seen_by(base, reader)
        for found in (sight.walked(query, 300), sight.near(query, 300)):
            strangers(reader, found, query, sight)
            some_found += len(found.ids)
    assert some_found > 1_000


def test_what_is_liked_here_is_discovered_no_more_and_leads_elsewhere(
    world: World, reader: int
) -> None:
    query, sight = seen_by(world, reader)
    before = [sight.walked(query, 100), sight.near(query, 100)]
    for id in {*before[0].ids[:5].tolist(), *before[1].ids[:5].tolist()}:
        engage(world, reader, id, "like", now=clock.now())
    query, sight = seen_by(world, reader)
    after = [sight.walked(query, 100), sight.near(query, 100)]
    for old, new in zip(before, after, strict=True):
        strangers(reader, new, query, sight)
        assert set(new.ids.tolist()) - set(old.ids.tolist())


def test_a_tweet_of_the_overlay_is_discovered_once_it_is_liked(world: World, reader: int) -> None:
    query, sight = seen_by(world, reader)
    near, *_ = sight.near(query, 1).ids.tolist()
    (author,) = sight.present.authors(sight.present.rows(np.array([near]))).tolist()
    fresh = post_tweet(world, author, "made here", now=clock.now())
    for account in query.following[:5].tolist():
        engage(world, account, fresh, "like", now=clock.now())
    query, sight = seen_by(world, reader)
    assert fresh in sight.walked(query, 300).ids
    assert fresh in sight.near(query, 300).ids


def test_the_same_query_walks_the_same_way(base: World, reader: int) -> None:
    query, sight = seen_by(base, reader)
    first, second = sight.walked(query, 300), sight.walked(query, 300)
    assert first.ids.tolist() == second.ids.tolist()
    assert first.score.tolist() == second.score.tolist()


def test_turns_are_taken_and_nothing_comes_twice() -> None:
    first, second = np.array([1, 2, 3, 4]), np.array([9, 1, 3])
    assert interleaved(first, second).tolist() == [1, 9, 2, 3, 4]
    assert interleaved(first[:0], second).tolist() == [9, 1, 3]
    assert interleaved(first[:0], second[:0]).tolist() == []


def test_a_request_tries_a_redis_that_failed_no_more() -> None:
    tried: list[Redis | None] = []

    def call(redis: Redis | None) -> str:
        tried.append(redis)
        if redis is not None:
            raise RedisConnectionError
        return "from Postgres"

    reach = Reach(DEAD)
    assert [reach.use(call), reach.use(call)] == ["from Postgres"] * 2
    assert tried == [DEAD, None, None]


def test_a_redis_that_somebody_still_waits_for_is_given_up() -> None:
    reach = Reach(DEAD)
    given_up: list[Redis | None] = []

    def call(redis: Redis | None) -> None:
        reach.give_up()
        given_up.append(reach.redis)

    reach.give_up()  # nobody waits
    assert reach.redis is DEAD
    reach.use(call)
    assert given_up == [None]
