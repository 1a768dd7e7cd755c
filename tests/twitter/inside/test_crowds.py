"""Crowds are chosen by what their accounts are, always the same ones, spread over the regions."""

from collections import Counter
from datetime import timedelta

from trainer.twitter.inside.crowds import ORDINARY, crowd
from trainer.twitter.world.models import Account
from trainer.twitter.world.value import World


def test_a_crowd_is_spread_evenly_over_the_regions(small_world: World) -> None:
    people = crowd(small_world, 60)
    regions = Counter(person.region for person in people)
    assert set(regions.values()) == {60 // len(regions)}
    assert len({person.id for person in people}) == 60
    assert all(0 < person.followers <= ORDINARY for person in people)
    assert people == crowd(small_world, 60)
    assert people[:12] == crowd(small_world, 12)


def test_a_crowd_of_one_region_is_of_that_region(small_world: World) -> None:
    assert {person.region for person in crowd(small_world, 30, region=3)} == {3}
    assert crowd(small_world, 30, region=99) == ()


def test_ages_are_at_the_end_of_the_history(small_world: World) -> None:
    new = {person.id for person in crowd(small_world, 10_000, younger_than_days=30)}
    old = {person.id for person in crowd(small_world, 10_000, older_than_days=30)}
    assert new
    assert not new & old
    born = dict(Account.objects.filter(world_id=small_world.id).values_list("id", "created_at"))
    limit = small_world.ends_at - timedelta(days=30)
    assert all(born[id] > limit for id in new)
    assert all(born[id] <= limit for id in old)
    assert len(new | old) == len(crowd(small_world, 10_000))
