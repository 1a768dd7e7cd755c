import pytest

from tests.twitter.trends import town
from trainer.twitter.world.value import World


@pytest.fixture
def base(db: None) -> World:
    return town.build()


@pytest.fixture
def world(base: World) -> World:
    return town.overlay(base)
