"""Two overlays never see each other, and their base never changes."""

import pytest

from tests.twitter import oracle, village
from tests.twitter.reading import trend_counts, whole_home, whole_search, world_now
from tests.twitter.rows import fingerprint, keys_of, leftovers
from tests.twitter.village import ACCOUNTS
from tests.twitter.working import finish_the_work, put_back
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import api
from trainer.twitter.api import World, errors
from trainer.twitter.models import OutboxRow
from trainer.twitter.outbox import Consumer

pytestmark = pytest.mark.django_db

ANN, BEN, CEM, DOT, EVA, FOX, GUS, HAL = ACCOUNTS


@pytest.fixture
def base() -> village.Village:
    rebuildable().flushdb()
    return village.build()


@pytest.fixture
def world(base: village.Village) -> World:
    return api.create_overlay(base.world, threshold=4)


@pytest.fixture
def other(base: village.Village) -> World:
    return api.create_overlay(base.world, threshold=4)


def do_everything(base: village.Village, world: World) -> int:
    """One of each thing that can be done, worked off; a tweet."""
    tweet = post_and_follow(base, world)
    finish_the_work()
    return tweet


def post_and_follow(base: village.Village, world: World) -> int:
    tweet = api.post_tweet(world, FOX, "gravel and basalt #quarry").id
    api.post_tweet(world, GUS, "basalt", reply_to=tweet)
    api.retweet(world, EVA, tweet)
    api.engage(world, ANN, tweet, "like")
    api.follow(world, BEN, FOX)
    api.unfollow(world, BEN, ANN)
    api.delete_tweet(world, ANN, base.tweet_ids[0])
    api.delete_tweet(world, CEM, base.tweet_ids[2])
    return tweet


def everything_read(world: World) -> dict[str, object]:
    """What can be seen of a world through its door."""
    accounts = [api.get_account(world, account) for account in ACCOUNTS]
    return {
        "homes": {reader: whole_home(world, reader) for reader in ACCOUNTS},
        "search": [whole_search(world, word) for word in ("granite", "basalt", "#harbor")],
        "trends": trend_counts(world, world_now(world)),
        "graph": [(account.followers, account.following) for account in accounts],
        "first": api.chronological_home(world, BEN).entries[-1].tweet.counts,
        "affinities": api.affinities(world, ANN),
    }


def test_what_happens_in_one_overlay_is_not_seen_in_another(
    base: village.Village, world: World, other: World
) -> None:
    before = everything_read(other)
    tweet = do_everything(base, world)
    assert everything_read(other) == before
    assert everything_read(world) != before
    assert before["homes"] == oracle.homes(other, ACCOUNTS) == oracle.homes(base.world, ACCOUNTS)
    with pytest.raises(errors.UnknownTweet):
        api.get_tweet(other, tweet)
    assert api.deliveries(world, tweet) is not None
    assert api.deliveries(other, tweet) is None


def test_the_same_in_two_overlays_is_two_things(
    base: village.Village, world: World, other: World
) -> None:
    first, second = do_everything(base, world), do_everything(base, other)
    assert first != second
    for here, own, foreign in ((world, first, second), (other, second, first)):
        assert whole_search(here, "gravel") == [own]
        assert own in whole_home(here, BEN)
        assert foreign not in whole_home(here, BEN)
        assert trend_counts(here, world_now(here))["quarry"].mentions == 1


def test_an_overlay_is_base_and_overlay_read_as_one(base: village.Village, world: World) -> None:
    tweet = do_everything(base, world)
    assert {reader: whole_home(world, reader) for reader in ACCOUNTS} == oracle.homes(
        world, ACCOUNTS
    )
    assert whole_search(world, "granite") == oracle.Truth(world).search(phrases=["granite"]) == []
    assert whole_search(world, "basalt") == oracle.Truth(world).search(phrases=["basalt"])
    assert api.get_account(world, FOX).followers == api.get_account(base.world, FOX).followers + 1
    counts = api.get_tweet(world, tweet).counts
    assert (counts.likes, counts.retweets, counts.replies) == (1, 1, 1)


def test_a_dropped_overlay_leaves_no_row_and_no_key(
    base: village.Village, world: World, other: World
) -> None:
    do_everything(base, world)
    do_everything(base, other)
    kept = fingerprint(other.id), everything_read(other), keys_of(rebuildable(), other.id)
    everything_read(world)
    assert len(leftovers(rebuildable(), world)) > 8
    api.drop_overlay(world)
    assert leftovers(rebuildable(), world) == {}
    assert (fingerprint(other.id), everything_read(other)) == kept[:2]
    assert keys_of(rebuildable(), other.id) == kept[2]


@pytest.mark.parametrize("backwards", [False, True])
def test_work_that_is_done_twice_in_any_order_changes_nothing(
    base: village.Village, world: World, backwards: bool
) -> None:
    post_and_follow(base, world)
    done = list(OutboxRow.objects.exclude(consumer=Consumer.INTERACTIONS).order_by("id"))
    finish_the_work()
    before = everything_read(world)
    put_back(reversed(done) if backwards else done)
    finish_the_work()
    assert everything_read(world) == before


def test_work_for_a_dropped_overlay_is_dropped(base: village.Village, world: World) -> None:
    api.post_tweet(world, FOX, "never mind")
    api.drop_overlay(world)
    finish_the_work()
    assert leftovers(rebuildable(), world) == {}


def test_the_base_is_the_same_byte_for_byte_whatever_overlays_do(
    base: village.Village, world: World, other: World
) -> None:
    before = fingerprint(base.world.id)
    do_everything(base, world)
    do_everything(base, other)
    api.drop_overlay(world)
    assert fingerprint(base.world.id) == before
    assert before["twitter_tweet"][0] == len(base.tweet_ids)


def test_the_base_refuses_to_be_written(base: village.Village) -> None:
    before, first, here = fingerprint(base.world.id), base.tweet_ids[0], base.world
    for do in (
        lambda: api.post_tweet(here, ANN, "hello"),
        lambda: api.post_tweet(here, BEN, "hello", reply_to=first),
        lambda: api.retweet(here, CEM, first),
        lambda: api.delete_tweet(here, ANN, first),
        lambda: api.engage(here, BEN, first, "like"),
        lambda: api.disengage(here, BEN, first, "like"),
        lambda: api.follow(here, FOX, ANN),
        lambda: api.unfollow(here, BEN, ANN),
        lambda: api.set_delivery(here, threshold=1),
        lambda: api.drop_overlay(here),
    ):
        with pytest.raises(errors.BaseIsImmutable):
            do()
    assert fingerprint(base.world.id) == before


def test_an_overlay_of_an_overlay_is_one_of_their_base(world: World) -> None:
    again = api.create_overlay(world)
    assert again.base == world.base
    assert again.lineage[0] == world.lineage[0]
