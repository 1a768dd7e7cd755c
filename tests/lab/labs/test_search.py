"""Search: every post is found exactly once, with the worker and after it was killed."""

from functools import partial
from typing import Any

import pytest
from django.db import connection

from tests.lab.conftest import committed
from tests.lab.sandboxed import in_sandbox
from tests.lab.staging import Heard, perform
from trainer.lab.blocks import Result
from trainer.twitter import api
from trainer.twitter.consumers import drain
from trainer.twitter.outbox import Consumer
from trainer.twitter.world.value import World

TWEETS = 10


def block(result: Result, id: str) -> dict:
    return dict(result.blocks[id])


def test_every_tweet_passes_all_stages_and_is_found_once(base: World) -> None:
    heard = Heard()
    result = perform("search", base, heard, tweets=TWEETS)
    figures = result.figures
    assert figures["posted"] == figures["found_once"] == TWEETS
    assert 0 < figures["found_ms"] <= figures["worst_ms"] == figures["longest_s"] * 1000
    stages = block(result, "stages")["rows"]
    assert [row[4] for row in stages] == [50, 60, 200, 500]
    assert all(median > 0 for _, median, *_ in stages)
    (posts,) = block(result, "posts")["rows"]
    assert [posts[1], *posts[4:]] == [TWEETS, figures["found_ms"], figures["worst_ms"]]
    assert figures["found_ms"] > posts[2]  # it runs from the call that posts, not from its end
    assert "killed" not in result.blocks
    assert heard.said[-1] == ("Done", 1.0)
    _the_way_adds_up(result)


def _the_way_adds_up(result: Result) -> None:
    *stored, found = block(result, "way")["frames"]
    assert found["at"] == "found"
    assert [len(frame["rows"]) for frame in stored] == [1, 2, 3, 4, 5]
    taken = [row[1] for row in stored[-1]["rows"]]
    assert stored[-1]["rows"][-1][2] == pytest.approx(sum(taken))


def test_a_tweet_that_is_indexed_while_it_is_asked_for_has_a_journey(experiment: World) -> None:
    author = api.audiences.largest(experiment, most=5)[0].id
    tweet = committed(partial(api.post_tweet, experiment, author, "on its way"))

    def indexed_first(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """The worker is done just before the outbox is looked at."""
        if "twitter_outbox" in sql:
            committed(partial(drain, Consumer.SEARCH))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(indexed_first):
        found = api.journey(experiment, tweet.id)
    assert found.queued_ms is not None
    assert found.indexed_ms is not None


@pytest.mark.processes
def test_posts_outlive_the_worker(base: World, tmp_path, settings) -> None:
    with in_sandbox(tmp_path, settings):
        result = perform("search", base, tweets=TWEETS, kill="yes", down_s=2)
    figures = result.figures
    assert figures["posted"] == figures["found_once"] == TWEETS + 20
    assert figures["most_waiting"] > 1
    assert figures["longest_s"] > 1
    assert figures["drained_s"] > 0
    assert "every one of them succeeded" in block(result, "killed")["text"]
