import numpy as np
import pytest

from tests.twitter import village
from trainer.lib import clock
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import errors, keys
from trainer.twitter.graph import selectors, services
from trainer.twitter.graph.packed import by_bucket, from_postgres, pack, unpack
from trainer.twitter.models import Follow
from trainer.twitter.tweets.selectors import get_account
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
ANN, BEN, CEM, DOT, EVA, FOX, GUS, HAL = village.ACCOUNTS


@pytest.fixture
def world() -> World:
    return overlays.create_overlay(village.build().world, now=clock.now())


def following(world: World, account: int) -> list[int]:
    with_redis = selectors.following(rebuildable(), world, account).tolist()
    assert with_redis == selectors.following(None, world, account).tolist()
    return with_redis


def followers(world: World, account: int) -> list[int]:
    return sorted(selectors.followers(rebuildable(), world, account).tolist())


def test_an_overlay_starts_with_the_base_s_edges(world: World) -> None:
    for account, expected in village.FOLLOWING.items():
        assert following(world, account) == sorted(expected)
        assert followers(world, account) == village.followers_of(account)


def test_a_follow_and_an_unfollow_show_on_both_sides_and_in_the_counts(world: World) -> None:
    assert services.follow(world, FOX, ANN)
    assert services.unfollow(world, BEN, ANN)
    assert following(world, FOX) == [ANN]
    assert following(world, BEN) == [CEM]
    assert FOX in followers(world, ANN)
    assert BEN not in followers(world, ANN)
    assert get_account(world, FOX).following == 1
    assert get_account(world, ANN).followers == len(village.followers_of(ANN))
    assert selectors.followers_count(world, ANN) == len(followers(world, ANN))


def test_doing_it_again_changes_nothing(world: World) -> None:
    assert services.follow(world, FOX, ANN)
    assert not services.follow(world, FOX, ANN)
    assert not services.unfollow(world, FOX, BEN)
    assert not services.follow(world, BEN, ANN)  # the base has it


def test_going_back_to_what_the_base_says_leaves_no_row(world: World) -> None:
    services.unfollow(world, BEN, ANN)
    assert services.follow(world, BEN, ANN)
    services.follow(world, FOX, ANN)
    assert services.unfollow(world, FOX, ANN)
    assert not Follow.objects.filter(world_id=world.id).exists()


def test_an_account_cannot_follow_itself_or_nobody(world: World) -> None:
    with pytest.raises(errors.SelfFollow):
        services.follow(world, ANN, ANN)
    for follower, followee in ((ANN, 99), (99, ANN)):
        with pytest.raises(errors.UnknownAccount):
            services.follow(world, follower, followee)


def test_a_list_missing_from_redis_is_made_again(world: World) -> None:
    redis = rebuildable()
    expected = followers(world, ANN)
    redis.delete(keys.followers(world.root.id, ANN))
    assert followers(world, ANN) == expected
    assert redis.exists(keys.followers(world.root.id, ANN))


def test_followers_come_grouped_by_bucket() -> None:
    ids = by_bucket(np.arange(1, 1000, dtype=np.uint32))
    buckets = ids % keys.BUCKETS
    assert (np.diff(buckets.astype(int)) >= 0).all()
    assert sorted(ids.tolist()) == list(range(1, 1000))


def test_an_empty_list_is_no_trouble() -> None:
    assert unpack(pack(np.empty(0, dtype=np.uint32))).size == 0
    assert from_postgres(b"\0" * 12).size == 0
