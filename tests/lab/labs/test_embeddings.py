"""Likes move the account that likes, and nobody else; the index finds what comparing finds."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.lab.conftest import committed
from tests.lab.staging import perform
from trainer.lab.blocks import Result
from trainer.lab.errors import LabError
from trainer.twitter import api
from trainer.twitter.world.value import World

pytestmark = pytest.mark.usefixtures("servers")
SLUG = "embeddings"


def block(result: Result, id: str) -> Any:
    return result.blocks[id]


def test_the_likes_turn_the_account_and_the_index_finds_nearly_all(base: World) -> None:
    result = perform(SLUG, base)
    to_topic, to_start = (series["y"] for series in block(result, "cosines")["series"])
    assert to_start[0] == pytest.approx(1, abs=1e-5)
    assert to_topic[0] < to_topic[10] == pytest.approx(result.figures["cosine"])
    assert to_start[10] < to_start[0]
    shares = block(result, "shares")["series"][0]["y"]
    tipping = int(result.figures["tipping"])
    assert max(shares[:tipping]) < 50 <= shares[tipping]
    assert len(shares) - 1 == max(10, tipping)
    rows = block(result, "search")["rows"]
    assert [row[1] for row in rows if str(row[0]).startswith("Comparing with all")] == [100.0]
    assert all(90 <= row[1] <= 100 for row in rows if str(row[0]).startswith("Index"))


def test_a_like_moves_nobody_else(base: World, experiment: World) -> None:
    space = api.topic_space(base)
    account = api.busiest_account(base)
    topic = space.furthest(account)
    (liked, *_) = space.likeable(account, topic)

    def moved(account_id: int) -> float:
        return space.place(experiment, account_id, topic, shown=0).to_topic

    other = account % 2_000 + 1
    before = moved(account), moved(other)
    committed(_like(experiment, account, liked))
    assert moved(account) > before[0]
    assert moved(other) == before[1]


def _like(world: World, account_id: int, tweet_id: int) -> Callable[[], bool]:
    return lambda: api.engage(world, account_id, tweet_id, "like")


def test_a_topic_that_the_world_lacks_is_refused_with_those_it_has(base: World) -> None:
    missing = next(
        id for id in ("chess", "books", "energy") if id not in api.topic_space(base).topics
    )
    with pytest.raises(LabError, match="It has"):
        perform(SLUG, base, topic=missing)
