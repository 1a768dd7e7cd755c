from argparse import Namespace

import pytest

from trainer.lib.benchmark import CannotMeasure
from trainer.twitter.benches import trends
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.value import World


def test_the_bench_measures_every_case_and_leaves_no_overlay(
    small_world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(trends, "READS", 20)
    before = WorldRecord.objects.count()
    result = trends.run(Namespace(world="small", tweets=300, rounds=1))
    assert min(result.figures.values()) > 0
    assert {row.spread.rounds for row in result.rows} == {1}
    assert WorldRecord.objects.count() == before


def test_a_world_that_is_not_there_cannot_be_measured(db: None):
    with pytest.raises(CannotMeasure, match="seed_world"):
        trends.run(Namespace(world="nowhere", tweets=1, rounds=1))
