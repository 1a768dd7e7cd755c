"""A base world for `bench read`, gone afterwards: a few readers who follow 500 accounts each, of
whom 20 are big enough to be pulled, and so many tweets that every list is full."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from django.db import connection

from trainer.lib import clock
from trainer.lib.ids import new_id
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.timelines.window import LENGTH
from trainer.twitter.world import overlays, seeding
from trainer.twitter.world.follows import lists, turned
from trainer.twitter.world.population import (
    DAY_MS,
    ENDS_AT_MS,
    NONE,
    RETWEET,
    STARTED_AT_MS,
    TWEET,
    Accounts,
    Engagements,
    Lists,
    Planted,
    Population,
    Tweets,
)
from trainer.twitter.world.value import World

READERS, FOLLOWEES, CELEBRITIES = 20, 500, 20
ORDINARY = 4_000  # accounts, of whom each reader follows 480
TWEETS_EACH = 15  # of an ordinary account: 7,200 for a reader's list of 800
RETWEETS = 0.2  # of what ordinary accounts post
ACCOUNTS = CELEBRITIES + ORDINARY + READERS
TEXT = "what stands in a tweet of the usual length, about a hundred characters of it, number %d"
SEED = 1


@contextmanager
def throwaway() -> Iterator[tuple[World, list[int]]]:
    """An overlay on such a world, and the ids of its readers."""
    name = f"bench-{new_id()}"
    try:
        # Every reader follows every celebrity, and too few of them the same ordinary account.
        base = seeding.write_world(_population(), name, threshold=READERS)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) twitter_tweet, twitter_account, twitter_basegraph")
        yield from _overlay(base)
    finally:
        seeding.drop_base(rebuildable(), name)


def _overlay(base: World) -> Iterator[tuple[World, list[int]]]:
    world = overlays.create_overlay(base, now=clock.now())
    try:
        yield world, list(range(ACCOUNTS - READERS + 1, ACCOUNTS + 1))
    finally:
        overlays.drop_overlay(rebuildable(), world)


def _population() -> Population:
    rng = np.random.default_rng(SEED)
    followers = _followers(rng)
    tweets = _tweets(rng)
    nobody = np.empty(0, np.int64)
    long_ago, last = ENDS_AT_MS - 900 * DAY_MS, ENDS_AT_MS - DAY_MS
    return Population(
        SEED,
        Accounts(
            [f"bench{number}" for number in range(ACCOUNTS)],
            [f"Bench {number}" for number in range(ACCOUNTS)],
            np.zeros(ACCOUNTS, np.int16),
            np.full(ACCOUNTS, 0.5),
            np.zeros(ACCOUNTS, np.bool_),
            np.full(ACCOUNTS, long_ago),
            np.full(ACCOUNTS, last),
        ),
        turned(followers),
        followers,
        tweets,
        Engagements(nobody, nobody, nobody, nobody),
        _nothing_planted(len(tweets.kind)),
    )


def _followers(rng: np.random.Generator) -> Lists:
    edges = []
    for reader in range(ACCOUNTS - READERS, ACCOUNTS):
        ordinary = CELEBRITIES + rng.choice(ORDINARY, FOLLOWEES - CELEBRITIES, replace=False)
        followees = np.concatenate([np.arange(CELEBRITIES), ordinary])
        edges.append(followees * ACCOUNTS + reader)
    return lists(np.sort(np.concatenate(edges)), ACCOUNTS)


def _tweets(rng: np.random.Generator) -> Tweets:
    author = np.concatenate(
        [
            np.repeat(np.arange(CELEBRITIES), LENGTH + 50),
            np.repeat(np.arange(CELEBRITIES, CELEBRITIES + ORDINARY), TWEETS_EACH),
        ]
    )
    rng.shuffle(author)
    count = len(author)
    may = (author >= CELEBRITIES) & (np.arange(count) > count // 10)
    kind = np.where(may & (rng.random(count) < RETWEETS), RETWEET, TWEET)
    parent = np.full(count, NONE)
    originals = np.flatnonzero(kind == TWEET)
    retweets = np.flatnonzero(kind == RETWEET)
    parent[retweets] = originals[
        (rng.random(len(retweets)) * np.searchsorted(originals, retweets)).astype(np.int64)
    ]
    at_ms = np.sort(rng.integers(STARTED_AT_MS, ENDS_AT_MS, count))
    text = [TEXT % n if kind[n] == TWEET else "" for n in range(count)]
    return Tweets(author.astype(np.int32), at_ms, kind.astype(np.int8), parent, text)


def _nothing_planted(tweets: int) -> Planted:
    return Planted(
        np.zeros(ACCOUNTS, np.int16),
        np.zeros(1, np.int16),
        np.ones((ACCOUNTS, 1), np.float32),
        np.ones(ACCOUNTS, np.float32),
        np.zeros(ACCOUNTS, np.bool_),
        np.zeros(tweets, np.int16),
    )
