import math

import numpy as np
import pytest

from trainer.twitter.columns import artefacts
from trainer.twitter.columns.flattening import arrays_of
from trainer.twitter.errors import (
    ArtefactMissing,
    ArtefactOfOtherFormat,
    FeaturesDoNotFit,
    UnknownEngagement,
)
from trainer.twitter.mixer.features import HEAVY, LIGHT
from trainer.twitter.mixer.rankers import kept
from trainer.twitter.mixer.rankers.heavy import Heavy
from trainer.twitter.mixer.rankers.layer import Layer, chances_of
from trainer.twitter.mixer.rankers.light import Light
from trainer.twitter.mixer.rankers.model import FORMAT, Rankers
from trainer.twitter.mixer.rates import AUTHOR, READER, Rates
from trainer.twitter.mixer.types import Weights
from trainer.twitter.world.value import World


def floats(*values: object) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def random_layer(k: int, j: int, seed: int) -> Layer:
    rng = np.random.default_rng(seed)
    return Layer(
        rng.standard_normal((k, j), dtype=np.float32), rng.standard_normal(j, dtype=np.float32)
    )


def some_rankers() -> Rankers:
    size = 3
    return Rankers(
        Light(random_layer(len(LIGHT), 6, 1)),
        Heavy(random_layer(len(HEAVY), 64, 2), random_layer(64, 32, 3), random_layer(32, 6, 4)),
        Rates(
            floats(0.0, 1.0),
            np.ones((size, len(AUTHOR)), np.float32),
            floats(1.0, 2.0, 3.0),
            floats(0.0, 0.1, 0.2),
            np.ones((size, len(READER)), np.float32),
        ),
    )


def test_the_light_ranker_by_hand() -> None:
    light = Light(Layer(floats([1.0, 0.0], [2.0, -1.0]), floats(0.5, 0.0)))
    found = light.chances(floats([1.0, 2.0], [0.0, 0.0]))
    by_hand = [[1 / (1 + math.exp(-5.5)), 1 / (1 + math.exp(2))], [1 / (1 + math.exp(-0.5)), 0.5]]
    assert found == pytest.approx(np.array(by_hand), rel=1e-6)


def test_the_heavy_ranker_by_hand() -> None:
    heavy = Heavy(
        Layer(floats([1.0, -1.0]), floats(0.0, 0.5)),
        Layer(floats([2.0], [4.0]), floats(-1.0)),
        Layer(floats([1.0]), floats(0.25)),
    )
    # 3: units 3 and 0 (of -2.5); 6 - 1 = 5; 5.25. -1: 0 and 1.5; 5; 5.25. 0.4: .4, .1; .2; .45
    found = heavy.chances(floats([3.0], [-1.0], [0.4]))[:, 0]
    assert found == pytest.approx([1 / (1 + math.exp(-x)) for x in (5.25, 5.25, 0.45)], rel=1e-6)


def test_chances_stay_chances_however_large_the_logits() -> None:
    found = chances_of(floats(-1e4, -20.0, 0.0, 1e4))
    assert found[[0, 2, 3]].tolist() == [0.0, 0.5, 1.0]
    assert found[1] == pytest.approx(math.exp(-20), rel=1e-4)


def test_the_features_are_left_as_they_were() -> None:
    rankers = some_rankers()
    features = np.random.default_rng(1).standard_normal((4, len(HEAVY)), dtype=np.float32)
    before = features.copy()
    rankers.heavy.chances(features)
    rankers.light.chances(features[:, : len(LIGHT)])
    assert (features == before).all()


def test_features_of_another_number_are_refused_with_the_remedy() -> None:
    rankers = some_rankers()
    with pytest.raises(FeaturesDoNotFit, match=f"of {len(LIGHT)}: `manage.py train_rankers`"):
        rankers.light.chances(np.zeros((2, len(HEAVY)), np.float32))
    with pytest.raises(FeaturesDoNotFit):
        rankers.heavy.chances(np.zeros((2, len(LIGHT)), np.float32))


@pytest.mark.django_db
def test_rankers_come_back_as_they_were_kept(small_world: World) -> None:
    rankers = some_rankers()
    kept.save(small_world, rankers, {"seed": 5})
    found, loaded = kept.load(small_world)
    features = np.ones((2, len(HEAVY)), np.float32)
    assert (found.heavy.chances(features) == rankers.heavy.chances(features)).all()
    assert {name: array.tolist() for name, array in arrays_of(found).items()} == {
        name: array.tolist() for name, array in arrays_of(rankers).items()
    }
    assert loaded.meta["seed"] == 5
    assert loaded.meta["features"]["light"] == list(LIGHT)


@pytest.mark.django_db
def test_rankers_of_other_features_are_refused_with_the_remedy(small_world: World) -> None:
    artefacts.save(small_world, kept.NAME, FORMAT - 1, arrays_of(some_rankers()))
    with pytest.raises(ArtefactOfOtherFormat, match="train_rankers"):
        kept.load(small_world)


@pytest.mark.django_db
def test_a_world_without_rankers_says_how_to_train_them(small_world: World) -> None:
    with pytest.raises(ArtefactMissing, match="train_rankers"):
        kept.load(small_world)


def test_a_weight_of_an_engagement_that_there_is_not_is_refused() -> None:
    with pytest.raises(UnknownEngagement, match="'liek'"):
        Weights("typed", {"liek": 1.0})
