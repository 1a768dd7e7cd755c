"""The same people as a follow graph and as a friend graph: what is counted, and what a cap does."""

from typing import Any

import numpy as np
import pytest

from tests.lab.conftest import committed
from tests.lab.staging import perform
from trainer.lab.blocks import Result
from trainer.twitter import api
from trainer.twitter.inside.degrees import FollowGraph, befriended, capped, mutual, mutual_only

SLUG = "follow-or-friend"


def graph(*edges: tuple[int, int], accounts: int) -> FollowGraph:
    ascending = np.array(sorted(edges), dtype=np.int32)
    return FollowGraph(ascending[:, 0], ascending[:, 1], np.ones(accounts, dtype=np.int64))


def a_star(leaves: int) -> FollowGraph:
    """Everybody follows account 0, which follows the first back."""
    return graph((0, 1), *((leaf, 0) for leaf in range(1, leaves + 1)), accounts=leaves + 1)


def test_a_follow_that_is_returned_is_found() -> None:
    star = a_star(3)
    assert mutual(star).tolist() == [True, True, False, False]
    assert mutual_only(star, mutual(star), 5, seed=1).friends.tolist() == [1, 1, 0, 0]


def test_a_pair_that_follows_both_ways_is_one_friendship() -> None:
    star = a_star(3)
    assert befriended(star, mutual(star), 5, seed=1).friends.tolist() == [3, 1, 1, 1]


def test_a_cap_refuses_what_is_too_many_and_nothing_else() -> None:
    star = a_star(30)
    left = befriended(star, mutual(star), 10, seed=1)
    assert left.friends[0] == 10
    assert left.friends.sum() == 20
    assert left.refused == 20


def test_no_account_has_more_friends_than_the_cap() -> None:
    one, other = np.triu_indices(40, 1)  # everybody with everybody
    for cap in (7, 20, 38):
        left = capped(one, other, 40, cap, seed=2)
        assert 0 < left.friends.max() <= cap
        assert left.friends.sum() == 2 * (len(one) - left.refused)
    assert capped(one, other, 40, 39, seed=2).refused == 0


@pytest.fixture
def result(base: api.World) -> Result:
    return perform(SLUG, base)


def test_followers_are_counted_as_the_world_has_them(base: api.World, servers: None) -> None:
    found = committed(lambda: api.follow_graph(base))
    for account in (1, 2, len(found.posted)):
        row = committed(lambda account=account: api.get_account(base, account))
        assert found.followers[account - 1] == row.followers


def test_a_cap_takes_the_celebrities_and_the_follow_graph_has_them(result: Result) -> None:
    figures = result.figures
    assert figures["friend_most"] <= figures["cap_used"] < figures["follow_most"]
    assert figures["friend_celebrities"] == 0 < figures["follow_celebrities"]
    assert figures["friend_worst"] < figures["follow_worst"]


def test_without_a_cap_the_friend_graph_has_them_too(base: api.World) -> None:
    figures = perform(SLUG, base, cap=150_000).figures
    assert figures["friend_most"] >= figures["follow_most"]
    assert figures["friend_celebrities"] >= figures["follow_celebrities"]


def test_the_posts_are_the_same_in_every_graph(result: Result) -> None:
    table: Any = result.blocks["writes"]
    posts = {round(row[6] / row[2]) for row in table["rows"] if row[2]}
    assert len(posts) == 1


def test_curves_fall(result: Result) -> None:
    chart: Any = result.blocks["degrees"]
    for each in chart["series"][:-1]:
        assert each["y"] == sorted(each["y"], reverse=True)
        assert each["y"][-1] >= 1
