from collections.abc import Iterator

import pytest
from redis import Redis

from tests.twitter.mixer.ranked import Read, a_machine, reading
from trainer.lib import clock
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.world import overlays
from trainer.twitter.world.models import Account
from trainer.twitter.world.value import World


@pytest.fixture
def base(ranked_world: World) -> World:
    return ranked_world


@pytest.fixture
def redis(base: World) -> Iterator[Redis]:
    rebuildable().flushdb()
    yield rebuildable()
    rebuildable().flushdb()


@pytest.fixture
def world(base: World, redis: Redis) -> World:
    return overlays.create_overlay(base, now=clock.now())


@pytest.fixture
def reader(base: World) -> int:
    """Who follows the most."""
    accounts = Account.objects.filter(world_id=base.id).order_by("-following_count", "id")
    return int(accounts.values_list("id", flat=True)[0])


@pytest.fixture
def read() -> Read:
    """On a machine of its own, in the test's thread."""
    return reading(a_machine())
