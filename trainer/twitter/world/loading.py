"""Writing a population into the tables of a base world, by COPY and within the connection's own
transaction, if it has one. Each function loads one table (or two that belong together)."""

from typing import Any

import numpy as np
from psycopg import Connection, Cursor

from trainer.twitter.tweets import snowflake
from trainer.twitter.tweets.models import Delivery
from trainer.twitter.world import partitions
from trainer.twitter.world.copying import (
    BOOL,
    FLOAT8,
    INT2,
    INT4,
    INT8,
    Fixed,
    int_lists,
    texts,
    timestamps,
)
from trainer.twitter.world.population import (
    BOOKMARK,
    CLICK,
    LIKE,
    REPLIED,
    REPLY,
    RETWEET,
    RETWEETED,
    TWEET,
    Bools,
    Ints,
    Population,
)
from trainer.twitter.world.sending import copy

_EPOCH_MS = round(snowflake.EPOCH.timestamp() * 1000)


def tweet_ids(population: Population) -> Ints:
    """(m,) int64: snowflakes of the tweets' times and places, ascending."""
    tweets = population.tweets
    return (tweets.at_ms - _EPOCH_MS << snowflake.LOW_BITS) | np.arange(len(tweets.at_ms))


def accounts(cursor: Cursor[Any], world_id: int, population: Population) -> None:
    people = population.accounts
    fixed: Fixed = {
        "world_id": (INT4, world_id),
        "id": (INT4, np.arange(1, population.size + 1)),
        "region": (INT2, people.region),
        "quality": (FLOAT8, people.quality),
        "is_premium": (BOOL, people.is_premium),
        "followers_count": (INT4, population.followers.lengths),
        "following_count": (INT4, population.following.lengths),
        "created_at": (INT8, timestamps(people.created_ms)),
        "last_active_at": (INT8, timestamps(people.last_active_ms)),
    }
    varying = {"handle": texts(people.handle), "name": texts(people.name)}
    copy(cursor, "twitter_account", population.size, fixed, varying)
    fixed = {
        "world_id": (INT4, world_id),
        "account_id": (INT4, np.arange(1, population.size + 1)),
        "community": (INT2, population.planted.community),
    }
    copy(cursor, "twitter_planted", population.size, fixed)


def graph(cursor: Cursor[Any], world_id: int, population: Population) -> None:
    fixed: Fixed = {
        "world_id": (INT4, world_id),
        "account_id": (INT4, np.arange(1, population.size + 1)),
    }
    varying = {
        "following": int_lists(population.following),
        "followers": int_lists(population.followers),
    }
    copy(cursor, "twitter_basegraph", population.size, fixed, varying)


def tweets(
    connection: Connection[Any], world_id: int, population: Population, threshold: int
) -> None:
    """Each kind by itself: a column that a kind leaves empty is not named, so no value is null."""
    columns = _tweet_columns(world_id, population, threshold)
    kind, parent = population.tweets.kind, population.tweets.parent
    ids = tweet_ids(population)
    text = np.array(population.tweets.text, dtype=object)
    with connection.transaction(), connection.cursor() as cursor:
        partitions.create(cursor, "twitter_tweet", world_id)
        table = partitions.partition("twitter_tweet", world_id)
        for chosen in (TWEET, REPLY, RETWEET):
            rows_of = np.flatnonzero(kind == chosen)
            fixed = _taken(columns, rows_of)
            if chosen == REPLY:
                fixed["reply_to"] = (INT8, ids[parent[rows_of]])
            if chosen == RETWEET:
                fixed["retweet_of"] = (INT8, ids[parent[rows_of]])
                author = population.tweets.author[parent[rows_of]]
                fixed["original_author_id"] = (INT4, author + 1)
            copy(cursor, table, len(rows_of), fixed, {"text": texts(text[rows_of])}, freeze=True)
        partitions.index(cursor, "twitter_tweet", world_id)


def engagements(connection: Connection[Any], world_id: int, population: Population) -> None:
    done = population.engagements
    fixed: Fixed = {
        "world_id": (INT4, world_id),
        "account_id": (INT4, done.account + 1),
        "tweet_id": (INT8, tweet_ids(population)[done.tweet]),
        "kind": (INT2, done.kind),
        "is_active": (BOOL, 1),
        "at": (INT8, timestamps(done.at_ms)),
    }
    with connection.transaction(), connection.cursor() as cursor:
        partitions.create(cursor, "twitter_engagement", world_id)
        table = partitions.partition("twitter_engagement", world_id)
        copy(cursor, table, len(done.account), fixed, freeze=True)
        partitions.index(cursor, "twitter_engagement", world_id)


def _tweet_columns(world_id: int, population: Population, threshold: int) -> Fixed:
    said = population.tweets
    is_pulled = population.followers.lengths[said.author] >= threshold
    return {
        "world_id": (INT4, world_id),
        "id": (INT8, tweet_ids(population)),
        "author_id": (INT4, said.author + 1),
        "kind": (INT2, said.kind),
        "delivery": (INT2, np.where(is_pulled, Delivery.PULL, Delivery.PUSH)),
        "is_deleted": (BOOL, 0),
        "like_count": (INT4, _count(population, LIKE)),
        "retweet_count": (INT4, _count(population, RETWEETED)),
        "reply_count": (INT4, _count(population, REPLIED)),
        "bookmark_count": (INT4, _count(population, BOOKMARK)),
        "click_count": (INT4, _count(population, CLICK)),
    }


def _count(population: Population, kind: int) -> Ints:
    done = population.engagements
    of_kind: Bools = done.kind == kind
    return np.bincount(done.tweet[of_kind], minlength=len(population.tweets.kind))


def _taken(columns: Fixed, chosen: Ints) -> dict[str, tuple[str, Any]]:
    return {
        name: (kind, values if isinstance(values, int) else values[chosen])
        for name, (kind, values) in columns.items()
    }
