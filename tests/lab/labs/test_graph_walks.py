"""Walks from one account: what they visit, how near that is to the exact score, and whose it is."""

from typing import Any

import numpy as np
import pytest

from tests.lab.staging import perform
from trainer.lab.blocks import Result
from trainer.lab.errors import LabError
from trainer.twitter import api
from trainer.twitter.discovery.stationary import exact
from trainer.twitter.discovery.walks import Seeds
from trainer.twitter.inside.planted import communities
from trainer.twitter.world.model import make_population
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.value import World

pytestmark = pytest.mark.usefixtures("servers")
SLUG = "graph-walks"


def block(result: Result, id: str) -> Any:
    return result.blocks[id]


def graph_of(base: World, restart: float = 0.3) -> api.WalkGraph:
    graph = api.walk_graph(base, api.busiest_account(base), restart=restart)
    assert graph is not None
    return graph


def test_the_error_falls_below_a_tenth_and_goes_on_as_one_over_the_root(base: World) -> None:
    result = perform(SLUG, base)
    assert 0 < result.figures["needed"] < 200_000
    measured = block(result, "errors")["series"][0]["y"]
    assert measured[0] > 30 > 10.5 > measured[-1]
    assert 0 < result.figures["chance"] < result.figures["own"] <= 100


def test_with_few_walks_most_visits_are_on_the_wrong_tweet(base: World) -> None:
    graph = graph_of(base)
    few, many = graph.walked(10, seed=1), graph.walked(50_000, seed=1)
    assert few.error > 3 * many.error
    assert few.reached < many.reached


def test_every_walk_stands_on_a_tweet_first_and_each_stand_is_a_visit(base: World) -> None:
    walked = graph_of(base).walked(1_000, seed=1)
    assert walked.steps[0].walks == 1_000
    assert sum(step.walks for step in walked.steps) == walked.visits
    assert walked.steps[-1].reached == walked.reached


def test_the_exact_shares_are_those_of_power_iteration_but_for_the_cut(base: World) -> None:
    graph = graph_of(base)
    tweets = graph.snapshot.tweets
    seeds = Seeds(np.array([graph.account]), np.ones(1))
    accounts = len(graph.snapshot.accounts.followers)
    stationary = exact(graph.segments, seeds, accounts, len(tweets.id))
    assert graph.exact.sum() == pytest.approx(1)
    assert np.abs(stationary[graph.rows] - graph.exact).sum() / 2 < 0.01


def test_without_a_restart_walks_go_on_to_their_sixteenth_tweet(base: World) -> None:
    walked = graph_of(base, restart=0.0).walked(100, seed=1)
    assert [step.walks for step in walked.steps] == [100] * 16


def test_the_planted_communities_are_the_simulators(base: World) -> None:
    record = WorldRecord.objects.get(id=base.id)
    planted = make_population(record.accounts, record.seed).planted
    found = communities(base)
    assert np.array_equal(found.of, planted.community)
    assert np.array_equal(found.topic_of, planted.topic_of)


def test_an_account_that_did_nothing_lately_is_refused_with_a_remedy(base: World) -> None:
    idle = next(id for id in range(1, 2_000) if api.walk_graph(base, id, restart=0.3) is None)
    with pytest.raises(LabError, match="Leave the account empty"):
        perform(SLUG, base, account=str(idle))


def test_an_unknown_account_is_refused(base: World) -> None:
    with pytest.raises(api.errors.UnknownAccount):
        perform(SLUG, base, account="nobody_at_all")
