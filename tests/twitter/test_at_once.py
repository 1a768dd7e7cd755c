"""Writers, workers and readers at the same time, on real servers, while Redis forgets things. Who
overtakes whom is left to chance; what stands in the end is what the oracle says. A longer run:

AT_ONCE_ROUNDS=50 .venv/bin/pytest tests/twitter/test_at_once.py
"""

import contextlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.db import connection

from tests.twitter import village
from tests.twitter.oracle import Truth
from tests.twitter.reading import (
    home_page,
    trend_counts,
    trend_window,
    whole_home,
    whole_search,
    world_now,
)
from tests.twitter.shrinking import shrink
from tests.twitter.village import ACCOUNTS
from tests.twitter.working import finish_the_work
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import api
from trainer.twitter.api import World, errors
from trainer.twitter.consumers import drain
from trainer.twitter.outbox import Consumer

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

ROUNDS = int(os.environ.get("AT_ONCE_ROUNDS", "2"))
STEPS = 40
Act = Callable[[World, Random], object]


def write(world: World, random: Random) -> None:
    one, other = random.sample(ACCOUNTS, 2)
    shown = home_page(world, one, 10).entries
    tweet = random.choice(shown).tweet if shown else None
    act = random.randrange(6)
    if act == 0 and tweet:
        api.retweet(world, one, tweet.id)
    elif act == 1 and tweet:
        api.delete_tweet(world, tweet.author_id, tweet.id)
    elif act == 2:
        api.follow(world, one, other)
    elif act == 3:
        api.unfollow(world, one, other)
    else:
        api.post_tweet(world, one, random.choice(["granite", "slate #harbor", "#winter copper"]))


def work(world: World, random: Random) -> None:
    drain(random.choice(list(Consumer)), random.choice([1, 2, 200]))


def read(world: World, random: Random) -> None:
    reader, limit = random.choice(ACCOUNTS), random.choice([2, 50])
    page = home_page(world, reader, limit)
    if page.next_cursor:
        home_page(world, reader, limit, page.next_cursor)


def forget(world: World, random: Random) -> None:
    redis = rebuildable()
    if random.random() < 0.1:
        redis.flushdb()
    elif keys := redis.keys():
        redis.delete(random.choice(keys))


def steps(act: Act, world: World, seed: int) -> None:
    random = Random(seed)
    try:
        for _ in range(STEPS):
            with contextlib.suppress(errors.TwitterError):
                act(world, random)
    finally:
        connection.close()


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_all_at_once_ends_as_the_oracle_says(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shrink(monkeypatch, 5, slack=1)
    rebuildable().flushdb()
    world = api.create_overlay(village.build().world, threshold=4, viral_after=3)
    acts = [write, write, write, work, work, read, read, forget]
    with ThreadPoolExecutor(len(acts)) as threads:
        done = [
            threads.submit(steps, act, world, seed * len(acts) + number)
            for number, act in enumerate(acts)
        ]
    for each in done:
        each.result()
    finish_the_work()
    truth = Truth(world)
    homes = {reader: whole_home(world, reader) for reader in ACCOUNTS}
    assert homes == {reader: truth.home(reader) for reader in ACCOUNTS}
    assert whole_search(world, "slate") == truth.search(phrases=["slate"])
    at = world_now(world)
    assert trend_counts(world, at) == truth.trend_counts(*trend_window(at))
