from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.twitter.discovery.interactions import ACCOUNTS, TWEETS, graph, likes, overlay
from trainer.twitter.discovery.newest import with_segment
from trainer.twitter.discovery.segments import Segments
from trainer.twitter.discovery.stationary import exact, tolerance
from trainer.twitter.discovery.walks import (
    MOST_TWEETS,
    RESTART,
    Seeds,
    Visits,
    circle_of_trust,
    spread,
    walk,
)
from trainer.twitter.world.population import LIKE, Floats

PAIRS = ((0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (3, 0), (1, 4), (2, 1))
pairs_of = st.lists(
    st.tuples(st.integers(0, ACCOUNTS - 1), st.integers(0, TWEETS - 1)), unique=True, max_size=20
)


def seeds(*accounts: int, weights: Sequence[float] = ()) -> Seeds:
    return Seeds(np.array(accounts), np.array(weights or [1.0] * len(accounts)))


def shares(visits: Visits, tweets: int) -> Floats:
    found = np.zeros(tweets)
    found[visits.row] = visits.score
    return found


def solved(segments: Segments, start: Seeds, tweets: int) -> Floats:
    """The stationary shares by the definition: a linear system of dense matrices."""
    steps = np.zeros((ACCOUNTS, tweets))
    account, row, _ = segments.users.edges(np.arange(ACCOUNTS))
    np.add.at(steps, (account, row), 1.0)
    to_row = steps / np.maximum(1, steps.sum(axis=1, keepdims=True))
    to_account = (steps / np.maximum(1, steps.sum(axis=0))).T
    begin = np.zeros(ACCOUNTS)
    begin[start.account] = start.weight * (steps[start.account].sum(axis=1) > 0)
    begin /= max(begin.sum(), 1e-300)
    standing = np.linalg.solve(np.eye(ACCOUNTS) - (1 - RESTART) * (to_row @ to_account).T, begin)
    found: Floats = RESTART * standing @ to_row
    return found


@settings(max_examples=50, deadline=None)
@given(pairs_of, st.lists(st.integers(0, ACCOUNTS - 1), unique=True, min_size=1))
def test_the_exact_score_solves_the_walks_equations(
    pairs: list[tuple[int, int]], accounts: list[int]
) -> None:
    segments, start = graph(likes(*pairs)), seeds(*accounts)
    scores = exact(segments, start, ACCOUNTS, TWEETS)
    np.testing.assert_allclose(scores, solved(segments, start, TWEETS), atol=1e-10)
    assert scores.sum() == pytest.approx(1) or not set(accounts) & {pair[0] for pair in pairs}


def test_walks_are_within_the_tolerance_of_the_exact_score() -> None:
    segments, walks = graph(likes(*PAIRS)), 400_000
    start = seeds(3, 1, 5, weights=(1.0, 3.0, 2.0))
    visits = walk(segments, start, np.random.default_rng(7), walks=walks)
    away = abs(shares(visits, TWEETS) - exact(segments, start, ACCOUNTS, TWEETS)).sum() / 2
    reached = 5
    assert tolerance(reached, walks) < 0.02
    assert away <= tolerance(reached, walks)


def test_walks_over_an_overlay_are_within_the_tolerance_too() -> None:
    base = graph(likes(*PAIRS))
    changes = [(0, 0, LIKE, False), (1, 4, LIKE, False), (0, TWEETS, LIKE, True)]
    grown = with_segment(base, *overlay(*changes, (3, TWEETS, LIKE, True)))
    walks, tweets = 400_000, TWEETS + 1
    visits = walk(grown, seeds(0), np.random.default_rng(7), walks=walks)
    away = abs(shares(visits, tweets) - exact(grown, seeds(0), ACCOUNTS, tweets)).sum() / 2
    assert away <= tolerance(5, walks)
    assert TWEETS in visits.row.tolist()  # the overlay's own tweet
    assert 4 not in visits.row.tolist()  # whose only like was taken back


def test_the_tolerance_is_of_use_only_with_many_walks() -> None:
    assert tolerance(5, 4_000_000) < tolerance(5, 400_000) < tolerance(50, 400_000)
    assert tolerance(5, 10) > 0.5


def test_the_same_seed_gives_the_same_visits_the_most_visited_first() -> None:
    segments = graph(likes(*PAIRS))
    one, other = (walk(segments, seeds(0), np.random.default_rng(3), walks=500) for _ in range(2))
    np.testing.assert_array_equal(one.row, other.row)
    np.testing.assert_array_equal(one.count, other.count)
    order = sorted(zip(-one.count, one.row, strict=True))
    assert order == list(zip(-one.count, one.row, strict=True))
    assert one.score.sum() == pytest.approx(1)


def test_equally_visited_tweets_come_by_row() -> None:
    segments = graph(likes((0, 5), (1, 2), (2, 4)))
    visits = walk(segments, seeds(0, 1, 2), np.random.default_rng(1), walks=3)
    ties = [(-count, row) for count, row in zip(visits.count, visits.row, strict=True)]
    assert ties == sorted(ties)


@pytest.mark.parametrize("pairs", [[], [(0, 1), (1, 2)]])
def test_a_reader_without_an_edge_comes_by_nothing(pairs: list[tuple[int, int]]) -> None:
    visits = walk(graph(likes(*pairs)), seeds(4), np.random.default_rng(1))
    assert len(visits.row) == len(visits.score) == len(visits.count) == 0


def test_a_reader_who_took_everything_back_comes_by_nothing() -> None:
    grown = with_segment(graph(likes((0, 1), (1, 1))), *overlay((0, 1, LIKE, False)))
    assert not len(walk(grown, seeds(0), np.random.default_rng(1)).row)


def test_a_cold_reader_walks_from_the_circle_of_trust() -> None:
    segments = graph(likes((1, 2), (2, 3)))
    start = circle_of_trust(4, np.array([1, 2]), np.zeros(2))
    assert set(walk(segments, start, np.random.default_rng(1)).row.tolist()) == {2, 3}


def test_walks_start_at_the_reader_as_often_as_said_whatever_the_affinities() -> None:
    start = circle_of_trust(0, np.array([1, 2]), np.array([2.9, 0.9]), reader_share=0.6)
    assert start.account.tolist() == [0, 1, 2]
    assert start.weight.tolist() == pytest.approx([0.6, 0.3, 0.1])


def test_a_followee_without_any_affinity_is_trusted_a_little() -> None:
    start = circle_of_trust(0, np.array([1, 2]), np.array([0.0, 0.9]), reader_share=0.5)
    assert 0 < start.weight[1] < start.weight[2]
    alone = circle_of_trust(0, np.empty(0, np.int64), np.empty(0))
    assert alone.account.tolist() == [0]


def test_fewer_walks_go_on_at_each_step_and_none_beyond_the_cut() -> None:
    segments = graph(likes(*PAIRS))
    steps = [
        len(rows) for rows in spread(segments, seeds(0), np.random.default_rng(1), walks=9_000)
    ]
    assert steps[0] == 9_000
    assert all(later < sooner for sooner, later in pairwise(steps))
    assert len(steps) <= MOST_TWEETS
    assert steps[1] / steps[0] == pytest.approx(1 - RESTART, abs=0.03)


def test_the_first_step_is_onto_what_the_seeds_engaged_with() -> None:
    first = next(spread(graph(likes(*PAIRS)), seeds(0), np.random.default_rng(1), walks=100))
    assert set(first.tolist()) == {0, 1}
