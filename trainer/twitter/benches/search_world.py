"""A base world of so many tweets, all documents, for one run of the bench.

Words are w1, w2 ... w50000: the k-th is drawn with a probability that falls as 1/k, as in real
language, twelve to a tweet. So w1 stands in every second tweet and w30000 in one of 27,000.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from trainer.lib import clock
from trainer.lib.ids import new_id
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.search import document
from trainer.twitter.tweets import snowflake
from trainer.twitter.world import overlays, partitions, seeding
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.value import World

NAME = "bench of search"
VOCABULARY, HASHTAGS = 50_000, 2_000
ACCOUNTS, FOLLOWERS = 1_000, 100
SPAN = timedelta(days=30)

_ACCOUNTS = """
INSERT INTO twitter_account (world_id, id, handle, name, region, quality, is_premium,
    followers_count, following_count, created_at, last_active_at)
SELECT %(id)s, n, 'a' || n, 'Account ' || n, 0, 0.5, false, %(followers)s, %(followers)s,
       %(ends_at)s::timestamptz - interval '1 year', %(ends_at)s
  FROM generate_series(1, %(accounts)s) AS n
"""
# Everybody is followed by the next hundred, round in a ring.
_GRAPH = """
INSERT INTO twitter_basegraph (world_id, account_id, following, followers)
SELECT %(id)s, n,
       ARRAY(SELECT (n - k - 1 + %(accounts)s) %% %(accounts)s + 1
               FROM generate_series(1, %(followers)s) AS k ORDER BY 1),
       ARRAY(SELECT (n + k - 1) %% %(accounts)s + 1
               FROM generate_series(1, %(followers)s) AS k ORDER BY 1)
  FROM generate_series(1, %(accounts)s) AS n
"""
# The `n * 0` makes Postgres draw anew for every tweet.
_TWEETS = """
INSERT INTO {tweets} (world_id, id, author_id, kind, text, delivery, like_count)
SELECT %(id)s, %(first)s + n * %(step)s, 1 + n * 7919 %% %(accounts)s, 1,
       (SELECT string_agg('w' || floor(exp(random() * ln(%(vocabulary)s)))::int, ' ')
          FROM generate_series(1, 12 + n * 0))
       || CASE WHEN n %% 5 = 0
               THEN ' #t' || floor(exp(random() * ln(%(hashtags)s)))::int ELSE '' END,
       1, floor(exp(random() * 8))::int
  FROM generate_series(0, %(documents)s::bigint - 1) AS n
"""
_DOCUMENTS = """
INSERT INTO {documents} (world_id, tweet_id, author_id, tsv)
SELECT world_id, id, author_id, {tsvector} FROM {tweets}
"""


@contextmanager
def throwaway(documents: int) -> Iterator[World]:
    """A base world with that many tweets, the same ones every time, gone afterwards.

    Removes what a run that was killed has left; so only one may run at a time.
    """
    seeding.drop_base(rebuildable(), NAME)
    try:
        _build(documents)
        yield overlays.get_base(NAME)
    finally:
        seeding.drop_base(rebuildable(), NAME)


@contextmanager
def overlay(base: World) -> Iterator[World]:
    """An overlay, gone afterwards."""
    world = overlays.create_overlay(base, now=clock.now())
    try:
        yield world
    finally:
        overlays.drop_overlay(rebuildable(), world)


def _build(documents: int) -> None:
    ends_at = clock.now()
    first = snowflake.first_at(ends_at - SPAN)
    record = WorldRecord.objects.create(
        public_id=new_id(), name=NAME, accounts=ACCOUNTS, started_at=ends_at, ends_at=ends_at
    )
    parameters = {
        "id": record.id,
        "ends_at": ends_at,
        "accounts": ACCOUNTS,
        "followers": FOLLOWERS,
        "vocabulary": VOCABULARY,
        "hashtags": HASHTAGS,
        "documents": documents,
        "first": first,
        "step": (snowflake.first_at(ends_at) - first) // documents,
    }
    _load(_link(), record.id, parameters)
    WorldRecord.objects.filter(pk=record.pk).update(state=WorldRecord.State.READY)


def _load(link: Connection[Any], world_id: int, parameters: dict[str, Any]) -> None:
    names = {
        "tweets": Identifier(partitions.partition("twitter_tweet", world_id)),
        "documents": Identifier(partitions.partition("twitter_searchdocument", world_id)),
        "tsvector": SQL(document.tsvector()),
    }
    with link.transaction(), link.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        for parent in partitions.PARENTS:
            partitions.create(cursor, parent, world_id)
        for statement in (_ACCOUNTS, _GRAPH, _TWEETS, _DOCUMENTS):
            cursor.execute(SQL(statement).format(**names), parameters)
        for parent in partitions.PARENTS:
            partitions.index(cursor, parent, world_id)
    partitions.attach(link, world_id)
    link.execute("VACUUM (ANALYZE) twitter_tweet, twitter_searchdocument, twitter_account")


def _link() -> Connection[Any]:
    connection.ensure_connection()
    link: Connection[Any] = connection.connection
    return link
