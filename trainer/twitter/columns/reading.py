"""Reading a base world into columns."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from django.db import connection

from trainer.twitter.columns.log import (
    NONE,
    AccountColumns,
    DeedColumns,
    Log,
    TweetColumns,
    posted_ms,
)
from trainer.twitter.columns.sent import HEADER, bigints, bools, instants, ints, smallints
from trainer.twitter.world.copying import INT4
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.population import Ints, Lists
from trainer.twitter.world.value import World

ACCOUNTS_A_QUERY = 20_000  # some 15 MB of engagements and of lists

_ACCOUNTS = """
SELECT array_send(array_agg(followers_count)), array_send(array_agg(is_premium)),
       array_send(array_agg(created_at)), array_send(array_agg(last_active_at))
  FROM (SELECT * FROM twitter_account WHERE world_id = %s ORDER BY id) AS ordered
"""
_FOLLOWING = """
SELECT array_send(following) FROM twitter_basegraph
 WHERE world_id = %s AND account_id BETWEEN %s AND %s ORDER BY account_id
"""
_TWEETS = """
SELECT array_send(array_agg(id)), array_send(array_agg(author_id)), array_send(array_agg(kind)),
       array_send(array_agg(coalesce(retweet_of, reply_to, 0)))
  FROM (SELECT * FROM twitter_tweet WHERE world_id = %s AND NOT is_deleted ORDER BY id) AS ordered
"""
_DEEDS = """
SELECT array_send(array_agg(account_id)), array_send(array_agg(tweet_id)),
       array_send(array_agg(kind)), array_send(array_agg(at))
  FROM (SELECT * FROM twitter_engagement
         WHERE world_id = %s AND account_id BETWEEN %s AND %s AND is_active
         ORDER BY account_id, tweet_id, kind) AS ordered
"""


def read_log(world: World) -> Log:
    """All that is there of the base (of an overlay: of its root), in a few queries of megabytes."""
    base = world.root
    accounts = _accounts(base.id)
    size = len(accounts.followers)
    tweets = _tweets(base.id)
    return Log(
        accounts,
        _following(base.id, size),
        tweets,
        _deeds(base.id, size, tweets),
        ends_at_ms=round(base.ends_at.timestamp() * 1000),
    )


def read_following(world: World) -> Lists:
    """Whom each account of the base follows, without the rest of its log."""
    base = WorldRecord.objects.only("accounts").get(id=world.root.id)
    return _following(base.id, base.accounts)


def _accounts(base_id: int) -> AccountColumns:
    ((followers, is_premium, created_at, last_active_at),) = _rows(_ACCOUNTS, base_id)
    return AccountColumns(
        ints(followers), bools(is_premium), instants(created_at), instants(last_active_at)
    )


def _following(base_id: int, size: int) -> Lists:
    parts = []
    for first, last in _spans(size):
        parts += [row[0][HEADER:] for row in _rows(_FOLLOWING, base_id, first, last)]
    element = np.dtype([("length", INT4), ("value", INT4)])
    start = np.zeros(size + 1, dtype=np.int64)
    np.cumsum([len(part) // element.itemsize for part in parts], out=start[1:])
    ids = np.frombuffer(b"".join(parts), dtype=element)["value"]
    return Lists(start, ids.astype(np.int32) - 1)


def _tweets(base_id: int) -> TweetColumns:
    ((sent_ids, author, kind, parent),) = _rows(_TWEETS, base_id)
    ids, parents = bigints(sent_ids), bigints(parent)
    bare = TweetColumns(ids, ints(author) - 1, smallints(kind), _none(len(ids)), posted_ms(ids))
    return TweetColumns(ids, bare.author, bare.kind, bare.rows(parents), bare.at_ms)


def _none(count: int) -> Ints:
    return np.full(count, NONE, dtype=np.int32)


def _deeds(base_id: int, size: int, tweets: TweetColumns) -> DeedColumns:
    parts = [row for span in _spans(size) for row in _rows(_DEEDS, base_id, *span)]
    account, tweet, kind, at = ([row[column] for row in parts] for column in range(4))
    when = _joined(instants, at, np.int64)
    order = np.argsort(when, kind="stable")
    return DeedColumns(
        _joined(ints, account, np.int32)[order] - 1,
        tweets.rows(_joined(bigints, tweet, np.int64))[order],
        _joined(smallints, kind, np.int8)[order],
        when[order],
    )


def _joined(read: Any, parts: list[Any], dtype: type[np.signedinteger[Any]]) -> Ints:
    return np.concatenate([np.empty(0, dtype), *map(read, parts)])


def _spans(size: int) -> Iterator[tuple[int, int]]:
    """The ids 1 to `size`, first and last of each query's."""
    for first in range(1, size + 1, ACCOUNTS_A_QUERY):
        yield first, min(size, first + ACCOUNTS_A_QUERY - 1)


def _rows(query: str, *parameters: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())
