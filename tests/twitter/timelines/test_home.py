"""Every page must equal the definition, whatever Redis holds."""

from collections.abc import Iterator

import pytest
from redis import Redis

from tests.twitter import oracle, village
from tests.twitter.timelines.reading import element, ids, newest_first, push, scroll, write
from trainer.lib import clock
from trainer.resilience.redis_clients import client, rebuildable
from trainer.twitter import keys
from trainer.twitter.errors import BadLimit, UnknownAccount, UnknownCursor
from trainer.twitter.graph.services import follow, unfollow
from trainer.twitter.timelines.home import chronological_home
from trainer.twitter.timelines.pages import encode
from trainer.twitter.tweets.engaging import engage
from trainer.twitter.tweets.models import Delivery, Tweet
from trainer.twitter.tweets.services import delete_tweet, post_tweet, retweet
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
ANN, BEN, CEM, DOT, EVA, FOX, GUS, HAL = village.ACCOUNTS
DEAD = client("redis://127.0.0.1:1/0")


@pytest.fixture
def redis() -> Iterator[Redis]:
    rebuildable().flushdb()
    yield rebuildable()
    rebuildable().flushdb()


@pytest.fixture
def world() -> World:
    return overlays.create_overlay(village.build().world, now=clock.now(), threshold=3)


def post(redis: Redis, world: World, author: int, text: str = "something new") -> int:
    tweet_id = post_tweet(world, author, text, now=clock.now())
    push(redis, world, tweet_id)
    return tweet_id


def pass_on(redis: Redis, world: World, account: int, tweet_id: int) -> int:
    retweet_id = retweet(world, account, tweet_id, now=clock.now())
    push(redis, world, retweet_id)
    return retweet_id


def agree(redis: Redis, world: World) -> None:
    """All readers see the definition: with what Redis holds, after a flush, and without Redis."""
    expected = oracle.homes(world, village.ACCOUNTS)
    assert {r: scroll(redis, world, r, limit=4) for r in village.ACCOUNTS} == expected
    assert {r: scroll(DEAD, world, r) for r in village.ACCOUNTS} == expected
    redis.flushdb()
    assert {r: scroll(redis, world, r) for r in village.ACCOUNTS} == expected


def test_base_and_fresh_overlay_show_the_definition(redis: Redis, world: World) -> None:
    assert world.base is not None
    agree(redis, world.base)
    agree(redis, world)


def test_what_is_posted_and_passed_on_is_in_every_follower_s_timeline(
    redis: Redis, world: World
) -> None:
    for reader in village.ACCOUNTS:
        scroll(redis, world, reader)
    pushed = post(redis, world, CEM)
    pulled = post(redis, world, ANN)
    passed_on = pass_on(redis, world, EVA, pushed)
    assert ids(chronological_home(redis, world, BEN))[:2] == [pulled, pushed]
    assert ids(chronological_home(redis, world, DOT))[:2] == [passed_on, pulled]
    agree(redis, world)


def test_an_entry_says_what_it_shows_and_how_it_came(redis: Redis, world: World) -> None:
    passed_on = pass_on(redis, world, EVA, (original := post(redis, world, CEM, "granite")))
    assert engage(world, FOX, original, "like", now=clock.now())
    entries = {entry.tweet.id: entry for entry in chronological_home(redis, world, DOT).entries}
    shown = entries[passed_on]
    assert shown.original is not None
    assert (shown.tweet.handle, shown.original.handle) == ("eva", "cem")
    assert (shown.original.text, shown.original.counts.likes) == ("granite", 1)
    assert (shown.via, shown.tweet.delivery) == ("home list", Delivery.PUSH)
    base_s = [
        entry for id, entry in entries.items() if id != passed_on and entry.tweet.author_id == ANN
    ]
    assert {(entry.via, entry.tweet.delivery) for entry in base_s} == {("pulled", Delivery.PULL)}


def test_an_overlay_s_own_pulled_tweets_come_from_postgres(redis: Redis, world: World) -> None:
    pulled = post(redis, world, ANN)
    newest = chronological_home(redis, world, BEN).entries[0]
    assert (newest.tweet.id, newest.via) == (pulled, "postgres")


def test_unfollowing_hides_at_once_though_the_list_still_holds_it(
    redis: Redis, world: World
) -> None:
    tweet_id = post(redis, world, CEM)
    assert tweet_id in scroll(redis, world, ANN)
    unfollow(world, ANN, CEM)
    assert element(tweet_id) in redis.lrange(keys.home(world.id, ANN), 0, -1)
    assert {e.tweet.author_id for e in chronological_home(redis, world, ANN).entries} <= {BEN, DOT}
    agree(redis, world)


def test_following_shows_the_base_s_history_after_a_rebuild(redis: Redis, world: World) -> None:
    follow(world, FOX, CEM)
    follow(world, FOX, ANN)
    agree(redis, world)


def test_deleting_the_shown_retweet_promotes_the_one_below(redis: Redis, world: World) -> None:
    original = post(redis, world, GUS)  # whom nobody follows
    first = pass_on(redis, world, BEN, original)
    second = pass_on(redis, world, DOT, original)
    assert ids(chronological_home(redis, world, ANN))[0] == second
    delete_tweet(world, DOT, second, now=clock.now())
    assert ids(chronological_home(redis, world, ANN))[0] == first
    agree(redis, world)


def test_deleting_the_original_takes_its_retweets_along(redis: Redis, world: World) -> None:
    original = post(redis, world, GUS)
    passed_on = pass_on(redis, world, BEN, original)
    delete_tweet(world, GUS, original, now=clock.now())
    assert passed_on not in scroll(redis, world, ANN)
    agree(redis, world)


def test_the_native_tweet_is_preferred_to_a_newer_retweet(redis: Redis, world: World) -> None:
    original = post(redis, world, CEM)
    passed_on = pass_on(redis, world, BEN, original)
    shown = scroll(redis, world, ANN)
    assert original in shown
    assert passed_on not in shown


def test_deleting_a_base_tweet_hides_it_in_this_overlay_only(redis: Redis, world: World) -> None:
    assert world.base is not None
    other = overlays.create_overlay(world.base, now=clock.now())
    newest = ids(chronological_home(redis, world, BEN))[0]
    author = chronological_home(redis, world, BEN).entries[0].tweet.author_id
    delete_tweet(world, author, newest, now=clock.now())
    assert newest not in scroll(redis, world, BEN)
    assert newest in scroll(redis, other, BEN)
    agree(redis, world)


def test_a_retweet_shown_on_one_page_does_not_come_again_on_the_next(
    redis: Redis, world: World
) -> None:
    original = post(redis, world, GUS)
    passed_on = [pass_on(redis, world, account, original) for account in (CEM, BEN, DOT)]
    shown = scroll(redis, world, ANN, limit=1)
    assert shown[0] == passed_on[-1]
    assert not set(passed_on[:-1]) & set(shown)
    agree(redis, world)


def test_a_storm_of_retweets_takes_one_place_and_few_steps(redis: Redis, world: World) -> None:
    (original,) = write(world, GUS, 1)
    write(world, BEN, 700, retweet_of=original, after_minutes=1)
    old = scroll(redis, world, CEM)  # does not follow BEN
    page = chronological_home(redis, world, ANN, limit=4)
    assert [entry.tweet.retweet_of for entry in page.entries].count(original.id) == 1
    assert len(page.entries) == 4
    assert scroll(redis, world, CEM) == old
    agree(redis, world)


def test_an_author_who_crosses_the_threshold_loses_nothing(redis: Redis, world: World) -> None:
    before = post(redis, world, CEM)  # two followers
    for reader in (FOX, GUS, HAL):
        follow(world, reader, CEM)
    after = post(redis, world, CEM)
    stamps = Tweet.objects.filter(world_id=world.id).order_by("id")
    assert [tweet.delivery for tweet in stamps] == [Delivery.PUSH, Delivery.PULL]
    assert ids(chronological_home(redis, world, ANN))[:2] == [after, before]
    for reader in (EVA, FOX, GUS, HAL):
        unfollow(world, reader, CEM)
    again = post(redis, world, CEM)
    assert ids(chronological_home(redis, world, ANN))[:3] == [again, after, before]


def test_an_inactive_reader_who_comes_back_finds_everything(redis: Redis, world: World) -> None:
    tweet_id = post_tweet(world, ANN, "while hal was away", now=clock.now())  # nothing is pushed
    assert ids(chronological_home(redis, world, HAL))[0] == tweet_id
    assert redis.exists(keys.home(world.id, HAL))  # so that from now on he is pushed to
    assert scroll(redis, world, HAL) == oracle.home(world, HAL)


def test_without_redis_the_page_is_the_same_and_says_so(redis: Redis, world: World) -> None:
    post(redis, world, CEM)
    with_redis = chronological_home(redis, world, BEN, limit=4)
    without = chronological_home(DEAD, world, BEN, limit=4)
    assert (with_redis.source, without.source) == ("redis", "postgres")
    assert {entry.via for entry in without.entries} == {"postgres"}
    assert (ids(without), without.next_cursor) == (ids(with_redis), with_redis.next_cursor)


def test_a_key_of_another_type_in_the_way_is_no_error(redis: Redis, world: World) -> None:
    redis.set(keys.home(world.id, ANN), "not a list")
    page = chronological_home(redis, world, ANN)
    assert (ids(page), page.source) == (oracle.home(world, ANN), "postgres")


def test_below_the_floor_of_full_lists_the_pages_go_on(redis: Redis, world: World) -> None:
    assert world.base is not None
    write(world.base, CEM, 850, after_minutes=-60)
    write(world.base, BEN, 820, delivery=Delivery.PULL, after_minutes=-60)
    write(world, CEM, 900, after_minutes=5)
    expected = oracle.home(world, ANN)
    assert scroll(redis, world, ANN, limit=200) == expected
    assert scroll(DEAD, world, ANN, limit=200) == expected
    deep = chronological_home(redis, world, ANN, cursor=encode(expected[1000]))
    assert (deep.source, {entry.via for entry in deep.entries}) == ("redis", {"postgres"})
    assert ids(deep) == expected[1001:1051]


def test_retweets_are_shown_once_across_the_floor_too(redis: Redis, world: World) -> None:
    originals = write(world, GUS, 3)
    older = [
        write(world, DOT, 1, retweet_of=o, after_minutes=n + 1) for n, o in enumerate(originals)
    ]
    write(world, CEM, 900, after_minutes=9)
    newer = [
        write(world, BEN, 1, retweet_of=o, after_minutes=n + 12) for n, o in enumerate(originals)
    ]
    shown = scroll(redis, world, ANN, limit=100)
    assert shown[:3] == newest_first(tweet for (tweet,) in newer)
    assert not {tweet.id for (tweet,) in older} & set(shown)
    assert shown == oracle.home(world, ANN)


def test_new_entries_do_not_disturb_who_is_on_a_later_page(redis: Redis, world: World) -> None:
    first = chronological_home(redis, world, BEN, limit=2)
    expected = ids(chronological_home(redis, world, BEN, limit=2, cursor=first.next_cursor))
    post(redis, world, CEM)
    post(redis, world, ANN)
    assert ids(chronological_home(redis, world, BEN, limit=2, cursor=first.next_cursor)) == expected


def test_who_follows_nobody_has_an_empty_timeline(redis: Redis, world: World) -> None:
    for each in (redis, DEAD):
        page = chronological_home(each, world, FOX)
        assert (page.entries, page.next_cursor) == ((), None)


@pytest.mark.parametrize(
    "cursor",
    ["", "0", "-1", "12345", "AAAAAAAAAAA", "__________8", "A" * 12, "é", "AAAAAAAAAA+", "A" * 999],
)
def test_a_cursor_that_is_not_ours_is_refused(world: World, cursor: str) -> None:
    with pytest.raises(UnknownCursor, match="start from the first"):
        chronological_home(DEAD, world, ANN, cursor=cursor)


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_page_has_1_to_200_entries(world: World, limit: int) -> None:
    with pytest.raises(BadLimit, match="1 to 200"):
        chronological_home(DEAD, world, ANN, limit=limit)


@pytest.mark.parametrize("account", [0, -5, 99, 2**40])
def test_an_unknown_account_is_refused(redis: Redis, world: World, account: int) -> None:
    for each in (redis, DEAD):
        with pytest.raises(UnknownAccount):
            chronological_home(each, world, account)
