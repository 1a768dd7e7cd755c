"""What makes one match more relevant than another."""

from datetime import UTC, datetime, timedelta

import pytest

from trainer.twitter.search.ranking import HALF_LIFE, score

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_engagement_and_rank_raise_the_score() -> None:
    scores = [score(0.1, many, NOON, NOON) for many in (0, 1, 10, 1000)]
    assert scores == sorted(scores)
    assert scores[0] == pytest.approx(0.1)
    assert score(0.2, 10, NOON, NOON) == pytest.approx(2 * score(0.1, 10, NOON, NOON))


def test_a_half_life_later_it_counts_half() -> None:
    young, old = (score(0.1, 5, NOON - age, NOON) for age in (timedelta(), HALF_LIFE))
    assert old == pytest.approx(young / 2)


def test_the_order_does_not_depend_on_when_one_asks() -> None:
    posts = [(0.1, 0, NOON), (0.3, 2, NOON - 3 * HALF_LIFE), (0.1, 90, NOON - HALF_LIFE)]
    orders = [
        sorted(posts, key=lambda post: score(*post, reference))
        for reference in (NOON, NOON + timedelta(days=20), NOON - timedelta(days=1))
    ]
    assert orders[0] == orders[1] == orders[2]
