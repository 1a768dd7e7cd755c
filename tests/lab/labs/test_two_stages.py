"""Two stages cut before the heavy ranker: what is shown changes only where the cut is deep."""

from functools import partial
from typing import Any

import numpy as np
import pytest

from tests.lab.conftest import committed
from tests.lab.staging import perform
from trainer.lab.blocks import Result
from trainer.lab.weights import first, weights_of
from trainer.twitter import api
from trainer.twitter.columns.reading import read_log
from trainer.twitter.mixer.training import judging
from trainer.twitter.mixer.training.replayed import MOST, make_missing, replayed
from trainer.twitter.mixer.training.services import past_vectors
from trainer.twitter.world.value import World

pytestmark = pytest.mark.usefixtures("servers")
SLUG = "two-stages"
REQUESTS = 10


def block(result: Result, id: str) -> Any:
    return result.blocks[id]


@pytest.fixture
def base(base: World) -> World:
    """With past requests, which training keeps beside the rankers."""
    committed(partial(make_missing, base, past_vectors))
    return base


@pytest.fixture
def stages(base: World) -> api.RankingStages:
    return committed(partial(api.ranking_stages, base, weights_of(first()), REQUESTS))


def test_a_cut_that_keeps_all_ranks_as_one_stage(stages: api.RankingStages) -> None:
    assert 0 < len(stages.requests) <= REQUESTS
    one, two = stages.quality(None), stages.quality(1_500)
    assert one == two
    assert one.overlap == 1


def test_a_deep_cut_loses_some_of_what_one_stage_shows(stages: api.RankingStages) -> None:
    overlaps = [stages.quality(cut).overlap for cut in (5, 20, 100, 1_500)]
    assert overlaps == sorted(overlaps)
    assert overlaps[0] <= 5 / 20 < overlaps[-1]


def test_the_run_tells_both_qualities_and_every_cut(base: World) -> None:
    result = perform(SLUG, base, heavy=10, readers=5)
    figures = result.figures
    assert 0 <= figures["ndcg_two"] <= 1
    assert 0 <= figures["ndcg_one"] <= 1
    assert figures["overlap"] <= 50  # ten of twenty
    assert all(figures[name] > 0 for name in ("cheaper", "by_model", "one_cpu", "two_cpu"))
    assert len(block(result, "by_cut")["rows"]) == 8


def test_each_replayed_request_is_of_another_reader_who_did_something_later(base: World) -> None:
    assert not make_missing(base, past_vectors)
    past = replayed(base)
    assert 0 < len(past.reader) <= MOST
    assert len(np.unique(past.reader)) == len(past.reader)
    assert all(past.labels[past.part(number)].any() for number in range(len(past.reader)))


def test_what_is_replayed_was_there_at_the_instant(base: World) -> None:
    past, log = replayed(base), read_log(base)
    assert (log.tweets.at_ms[log.tweets.rows(past.id)] < judging.split_ms(log)).all()
