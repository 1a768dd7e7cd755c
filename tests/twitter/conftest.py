"""Worlds that every room of the mini Twitter may ask for."""

import pytest

from tests.twitter import worlds
from tests.twitter.mixer import ranked
from trainer.twitter.world.value import World


@pytest.fixture
def small_world(db: None) -> World:
    """The base world of 2,000 accounts; nobody may write to it."""
    return worlds.small_world()


@pytest.fixture
def ranked_world(db: None) -> World:
    """The same with all that ranking reads; its rankers are untrained."""
    return ranked.ranked_world()
