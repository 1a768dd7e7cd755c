"""The same ranking one by one, in batches and over threads: the same scores, at another price."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tests.lab.conftest import committed
from tests.lab.staging import perform
from trainer.lab.labs.cpu_budget.timing import Ranking, in_batches, threads_to_try
from trainer.lab.weights import first, weights_of
from trainer.twitter import api

SMALL = {"candidates": 20_000}


@pytest.fixture
def work(base: api.World, servers: None) -> api.RankerWork:
    account = committed(lambda: api.readers(base, 1)[0])
    return committed(lambda: api.ranker_work(base, account, weights_of(first())))


@pytest.fixture
def two_threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


def test_a_batch_gives_the_scores_of_one_by_one(work: api.RankerWork) -> None:
    rows = work.rows(0, 200)
    np.testing.assert_allclose(in_batches(work, rows, 1), work.scores(rows), rtol=1e-4)


def test_candidates_begin_again_where_there_are_fewer(work: api.RankerWork) -> None:
    found = len(work.found)
    np.testing.assert_array_equal(work.rows(found, found + 3), work.rows(0, 3))


@pytest.mark.parametrize("with_rows", [False, True])
def test_threads_give_the_order_of_one_alone(
    work: api.RankerWork, two_threads: ThreadPoolExecutor, with_rows: bool
) -> None:
    ranking = Ranking(work, 1_000, 100, with_rows)
    np.testing.assert_array_equal(ranking.order(two_threads), ranking.order())


def test_as_many_threads_are_tried_as_twice_the_cores() -> None:
    assert threads_to_try(1) == [1, 2]
    assert threads_to_try(2) == [1, 2, 4]
    assert threads_to_try(6) == [1, 2, 4, 6, 8]
    assert threads_to_try(64) == [1, 2, 4, 8, 16]


@pytest.mark.parametrize("spread", ["model", "all"])
def test_a_run_counts_its_batches_and_its_serial_share(base: api.World, spread: str) -> None:
    result = perform("cpu-budget", base, spread=spread, **SMALL)
    figures = result.figures
    assert figures["batching"] == figures["one_by_one_ms"] / figures["batched_ms"]
    assert 0 < figures["serial_share"] < 100
    assert figures["ceiling"] == pytest.approx(100 / figures["serial_share"])
    assert figures["needed"] * figures["allowed_share"] == pytest.approx(100)
