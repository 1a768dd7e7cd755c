"""However the newest matches are looked for, they are the same."""

from itertools import product

import pytest

from tests.twitter import oracle, village
from tests.twitter.search.corpus import delete, found, index, post
from trainer.lib import clock
from trainer.twitter.search import newest
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
FOX, CEM = 6, 3
ALWAYS, NEVER = 1e-9, 1e9


@pytest.fixture
def world() -> World:
    """Common words and rare ones, newest and oldest, some of it deleted."""
    world = overlays.create_overlay(village.build().world, now=clock.now())
    texts = ["granite tub", "tin tub", "copper kettle", "tub", "a tub of tin", "granite"]
    tweets = [post(world, FOX, text) for text in texts]
    delete(world, FOX, tweets[1])
    delete(world, CEM, oracle.Truth(world).search(phrases=["granite copper"])[0])
    index()
    return world


def test_a_search_finds_the_same_in_every_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = oracle.Truth(world)
    for sample, walk, pays_from in product((1, 2, 3, 50), (2, 50), (ALWAYS, NEVER)):
        monkeypatch.setattr(newest, "SAMPLE", sample)
        monkeypatch.setattr(newest, "WALK", walk)
        monkeypatch.setattr(newest, "WALK_PAYS_FROM", pays_from)
        monkeypatch.setattr(newest, "PHRASE_WALK_PAYS_FROM", pays_from)
        for words, limit in product(("tub", "granite", "copper kettle", "quiet"), (1, 2, 100)):
            assert found(world, f'"{words}"', limit=limit) == truth.search(phrases=[words])


def test_walking_on_pays_for_common_words_only() -> None:
    for limit in (21, 1000):
        walks = [newest._walk(matches, limit, "'tub'") for matches in range(limit)]
        assert walks[0] == 0 < walks[-1]
        assert max(walks) <= newest.WALK
    assert newest._walk(2, 21, "'tin'") == 0 < newest._walk(2, 21, "'tin' <-> 'tub'")
