import itertools
import math

import numpy as np
import pytest

from tests.twitter.mixer.making import candidates
from trainer.twitter.mixer.training import judging
from trainer.twitter.mixer.training.evaluation import (
    Worth,
    best_first,
    interval,
    judge,
    ndcg,
    recall,
)
from trainer.twitter.mixer.training.requests import Request
from trainer.twitter.mixer.types import Weights

GUIDE = Worth("guide", Weights("guide", {"like": 1.0, "click": 11.0, "retweet": 20.0}))
ENGAGED = Worth("engaged", None)


def a_request(labels: list[list[int]], reader: int = 1, **columns: object) -> Request:
    rows = np.array(labels, dtype=np.float32)
    ids = list(range(1, len(rows) + 1))
    nothing = np.zeros((len(rows), 1), dtype=np.float32)
    return Request(
        reader, 0, candidates(ids, **columns), np.arange(len(rows)), nothing, nothing, rows
    )


def test_ndcg_by_hand() -> None:
    # gains 0, 3, 2: 3 / log2(3) + 2 / log2(4), against 3 / log2(2) + 2 / log2(3)
    ours = 3 / math.log2(3) + 2 / 2
    assert ndcg(np.array([0.0, 3.0, 2.0])) == pytest.approx(ours / (3 + 2 / math.log2(3)))


def test_ndcg_of_the_best_order_is_one_and_only_of_it() -> None:
    gains = np.array([3.0, 2.0, 1.0, 0.0])
    values = {order: ndcg(np.array(order)) for order in itertools.permutations(gains.tolist())}
    assert values[tuple(gains.tolist())] == pytest.approx(1.0)
    assert max(v for o, v in values.items() if o != tuple(gains.tolist())) < 1


def test_what_stands_behind_the_place_counts_nothing_but_in_the_best_order() -> None:
    gains = np.zeros(30)
    gains[25] = 5.0
    assert ndcg(gains) == 0.0
    gains[19] = 5.0
    # of the best order both are within the first twenty
    assert ndcg(gains) == pytest.approx((1 / math.log2(21)) / (1 + 1 / math.log2(3)))


@pytest.mark.parametrize("seed", range(5))
def test_ndcg_as_the_definition_has_it(seed: int) -> None:
    gains = np.random.default_rng(seed).integers(0, 4, 50).astype(float)

    def discounted(values: list[float]) -> float:
        return sum(gain / math.log2(place + 2) for place, gain in enumerate(values[:20]))

    best = discounted(sorted(gains.tolist(), reverse=True))
    assert ndcg(gains) == pytest.approx(discounted(gains.tolist()) / best)


def test_recall_is_the_share_of_engaged_tweets_among_the_first() -> None:
    assert recall(np.array([0.0, 7.0, 0.0, 1.0, 1.0]), at=2) == pytest.approx(1 / 3)


def test_equal_scores_stand_newest_first() -> None:
    order = best_first(np.array([1.0, 2.0, 1.0, 1.0]), np.array([5, 6, 9, 7]))
    assert order.tolist() == [1, 2, 3, 0]


def test_a_tweet_is_worth_the_weights_of_what_was_done_with_it() -> None:
    labels = np.array([[1, 0, 1, 0, 0, 0], [0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1]])
    assert GUIDE.gains(labels).tolist() == [12.0, 0.0, 20.0]
    assert ENGAGED.gains(labels).tolist() == [1.0, 1.0, 1.0]


def test_the_score_is_the_expected_worth() -> None:
    chances = np.array([[0.5, 0.5, 0.1, 0, 0, 0]])
    assert GUIDE.scores(chances) == pytest.approx([0.5 + 1.1])
    assert ENGAGED.scores(chances) == pytest.approx([1 - 0.5 * 0.5 * 0.9])


def test_readers_count_alike_however_many_requests_they_made() -> None:
    first, second = [[1, 0, 0, 0, 0, 0], [0] * 6], [[0] * 6, [1, 0, 0, 0, 0, 0]]
    requests = [*(a_request(each, 1) for each in (first, first, second)), a_request(second, 2)]
    found = judge(requests, {"in order": lambda r: -r.shown.astype(float)}, [ENGAGED])
    lower = 1 / math.log2(3)
    assert found["in order", "engaged"].ndcg.tolist() == pytest.approx([(2 + lower) / 3, lower])


def test_a_request_after_which_nothing_of_worth_was_done_is_passed_over() -> None:
    only_bookmarked = a_request([[0, 1, 0, 0, 0, 0], [0] * 6])
    requests = [only_bookmarked, a_request([[0] * 6])]
    found = judge(requests, {"any": lambda r: r.shown.astype(float)}, [GUIDE, ENGAGED])
    assert len(found["any", "guide"].ndcg) == 0
    assert len(found["any", "engaged"].ndcg) == 1


def test_the_interval_narrows_with_readers_and_is_the_same_again() -> None:
    values = np.random.default_rng(1).random(400)
    few = interval(values[:25], np.random.default_rng(2))
    many = interval(values, np.random.default_rng(2))
    assert few.low < few.mean < few.high
    assert many.high - many.low < (few.high - few.low) / 2
    assert many == interval(values, np.random.default_rng(2))
    # as the normal law has it
    expected = 2 * 1.96 * values.std() / math.sqrt(len(values))
    assert many.high - many.low == pytest.approx(expected, rel=0.15)


def test_chronological_is_whom_one_follows_first() -> None:
    request = a_request([[0] * 6] * 3, at_ms=[3_000, 1_000, 2_000], in_network=[False, True, True])
    assert np.argsort(-judging.chronological(request)).tolist() == [2, 1, 0]
