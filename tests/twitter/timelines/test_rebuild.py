"""A list that Redis lost is rebuilt once, and no push that happens meanwhile is lost with it."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from django.db import connection
from redis import Redis

from tests.twitter import oracle, village
from tests.twitter.timelines.reading import element, ids, newest_first, push, scroll, write
from trainer.lib import clock
from trainer.resilience.redis_clients import rebuildable
from trainer.resilience.single_flight import StillMissing
from trainer.twitter import keys
from trainer.twitter.timelines.home import HomePage, chronological_home
from trainer.twitter.timelines.levels import home_lists, snapshot
from trainer.twitter.timelines.lists import read
from trainer.twitter.timelines.rebuild import rebuild
from trainer.twitter.timelines.window import BUILDING, LENGTH, Window, marker, of, parse
from trainer.twitter.tweets.models import Tweet
from trainer.twitter.tweets.services import post_tweet
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

ANN, BEN, CEM, DOT, EVA, FOX, GUS, HAL = village.ACCOUNTS
READERS = 100
WORLD = 7
LIST = keys.home(WORLD, ANN)


@pytest.fixture
def redis(servers: None) -> Iterator[Redis]:
    rebuildable().flushdb()
    yield rebuildable()
    rebuildable().flushdb()


def window(*ids: int, floor: int = 0) -> Window:
    return of(np.array(ids, np.uint64), floor)


def known(redis: Redis, key: bytes = LIST) -> list[int] | None:
    (found,) = read(redis, [key])
    return None if found is None else found.ids.tolist()


def at_once(what: Callable[[int], object]) -> list[object]:
    together = threading.Barrier(READERS)

    def start(n: int) -> object:
        together.wait()
        return what(n)

    with ThreadPoolExecutor(READERS) as pool:
        return list(pool.map(start, range(READERS)))


def test_of_a_hundred_readers_one_rebuilds_and_all_read_the_same(redis: Redis) -> None:
    taken: list[int] = []

    def snap() -> Window:
        taken.append(1)
        return window(9, 7, floor=4)

    found = at_once(lambda _: rebuild(redis, WORLD, ANN, snap))
    assert len(taken) == 1
    assert [one.by_us for one in found].count(True) == 1
    assert {(tuple(one.window.ids.tolist()), one.window.floor) for one in found} == {((9, 7), 4)}


def test_what_is_pushed_during_a_rebuild_is_kept(redis: Redis) -> None:
    def snap() -> Window:
        assert redis.rpushx(LIST, element(11))  # a reader who was inactive is pushed to as well
        return window(9, 7)

    assert rebuild(redis, WORLD, ANN, snap).window.ids.tolist() == [11, 9, 7]
    assert known(redis) == [11, 9, 7]


def test_while_it_is_rebuilt_a_list_is_no_answer(redis: Redis) -> None:
    def snap() -> Window:
        assert known(redis) is None
        return window(9)

    rebuild(redis, WORLD, ANN, snap)


def test_pushes_alone_never_make_a_list_complete(redis: Redis) -> None:
    redis.rpush(LIST, element(11), element(12))
    assert known(redis) is None
    assert rebuild(redis, WORLD, ANN, lambda: window(12, 11, 9)).by_us
    assert known(redis) == [12, 11, 9]


def test_a_list_that_another_has_verified_meanwhile_is_left_alone(redis: Redis) -> None:
    redis.rpush(LIST, marker(0), element(11))
    found = rebuild(redis, WORLD, ANN, lambda: pytest.fail("it is there"))
    assert (found.by_us, found.window.ids.tolist()) == (False, [11])


def test_a_flush_in_the_middle_starts_the_rebuild_again(redis: Redis) -> None:
    states = iter([window(7), window(8, 7)])

    def snap() -> Window:
        if (now := next(states)).ids[0] == 7:
            redis.flushdb()
            redis.rpush(LIST, element(8))
        return now

    assert rebuild(redis, WORLD, ANN, snap).window.ids.tolist() == [8, 7]


def test_a_list_evicted_in_the_middle_makes_no_claim_it_cannot_keep(redis: Redis) -> None:
    states = iter([window(7), window(8, 7)])

    def snap() -> Window:
        if (now := next(states)).ids[0] == 7:
            redis.delete(LIST)
            redis.rpush(LIST, element(8))  # and of one before, nobody knows
        return now

    assert rebuild(redis, WORLD, ANN, snap).window.ids.tolist() == [8, 7]


def test_a_reader_who_died_while_rebuilding_holds_others_up_for_his_lock_only(
    redis: Redis,
) -> None:
    redis.rpush(LIST, BUILDING)
    redis.set(keys.home_lock(WORLD, ANN), "of the dead", px=150)
    found = rebuild(redis, WORLD, ANN, lambda: window(9))
    assert (found.by_us, found.window.ids.tolist()) == (True, [9])


def test_who_was_too_slow_does_not_overwrite_what_another_has_rebuilt(redis: Redis) -> None:
    def overtaken() -> Window:
        redis.delete(keys.home_lock(WORLD, ANN))  # as when it runs out
        assert rebuild(redis, WORLD, ANN, lambda: window(9, 8)).by_us
        return window(8)

    assert not rebuild(redis, WORLD, ANN, overtaken).by_us
    assert known(redis) == [9, 8]


def test_waiting_has_an_end(redis: Redis) -> None:
    redis.set(keys.home_lock(WORLD, ANN), "of another", px=60_000)
    with pytest.raises(StillMissing):
        rebuild(redis, WORLD, ANN, lambda: pytest.fail("it is locked"), patience_s=0.05)


def test_an_empty_timeline_is_rebuilt_once_too(redis: Redis) -> None:
    assert rebuild(redis, WORLD, ANN, window).by_us
    assert not rebuild(redis, WORLD, ANN, window).by_us


def test_rebuilt_lists_live_for_a_month_and_reading_renews_it(redis: Redis) -> None:
    rebuild(redis, WORLD, ANN, lambda: window(9))
    assert redis.ttl(LIST) > 29 * 24 * 3600
    redis.expire(LIST, 5)
    known(redis)
    assert redis.ttl(LIST) > 29 * 24 * 3600


@pytest.fixture
def world() -> World:
    return overlays.create_overlay(village.build().world, now=clock.now(), threshold=3)


@pytest.mark.django_db
def test_a_rebuilt_list_holds_the_newest_800_and_says_where_it_ends(
    redis: Redis, world: World
) -> None:
    written = newest_first(write(world, CEM, LENGTH + 5))
    found = snapshot(redis, world, world.id, ANN)
    assert found.ids.tolist() == written[:LENGTH]
    assert found.floor == written[LENGTH]


@pytest.mark.django_db
def test_a_fresh_overlay_s_list_is_rebuilt_by_the_first_read_only(
    redis: Redis, world: World
) -> None:
    assert world.base is not None
    home_lists(redis, world.base, ANN)
    tweet_id = post_tweet(world, CEM, "new", now=clock.now())
    push(redis, world, tweet_id)
    assert known(redis, keys.home(world.id, ANN)) is None
    assert [home_lists(redis, world, ANN).rebuilt for _ in range(3)] == [1, 0, 0]
    assert known(redis, keys.home(world.id, ANN)) == [tweet_id]


@pytest.mark.django_db
def test_the_base_s_list_and_pulls_are_made_once_for_all_overlays(
    redis: Redis, world: World
) -> None:
    assert world.base is not None
    other = overlays.create_overlay(world.base, now=clock.now())
    first = chronological_home(redis, world, ANN)
    assert (
        first.rebuilt == 2 + 1 + 2
    )  # both lists, who is pulled, and the pulled among those followed
    assert chronological_home(redis, world, ANN).rebuilt == 0
    assert chronological_home(redis, other, ANN).rebuilt == 1


@pytest.mark.django_db
def test_a_flush_costs_one_rebuild_and_changes_nothing(redis: Redis, world: World) -> None:
    push(redis, world, post_tweet(world, CEM, "new", now=clock.now()))
    before = scroll(redis, world, ANN)
    redis.flushdb()
    assert chronological_home(redis, world, ANN).rebuilt == 5
    assert scroll(redis, world, ANN) == before == oracle.home(world, ANN)
    rebuilt = parse(b"".join(redis.lrange(keys.home(world.id, ANN), 0, -1)))
    assert rebuilt is not None
    assert rebuilt.ids.tolist() == snapshot(redis, world, world.id, ANN).ids.tolist()


@pytest.mark.django_db(transaction=True)
def test_after_a_flush_a_hundred_pages_at_once_rebuild_each_key_once(redis: Redis) -> None:
    world = overlays.create_overlay(village.build().world, now=clock.now(), threshold=3)
    post_tweet(world, CEM, "new", now=clock.now())
    redis.flushdb()

    def one(_: int) -> HomePage:
        try:
            return chronological_home(redis, world, ANN)
        finally:
            connection.close()

    pages = at_once(one)
    assert sum(page.rebuilt for page in pages) == 5
    assert {page.source for page in pages} == {"redis"}
    assert {tuple(ids(page)) for page in pages} == {tuple(oracle.home(world, ANN))}
    assert Tweet.objects.filter(world_id=world.id).count() == 1
