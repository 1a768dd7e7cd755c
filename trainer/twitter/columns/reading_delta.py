"""Reading what an overlay adds to its base, for a request: one round trip."""

from typing import Any

import numpy as np
from django.db import connection

from trainer.twitter.columns.delta import Delta, OverlayDeeds, OverlayTweets
from trainer.twitter.columns.sent import bigints, bools, instants, ints, smallints
from trainer.twitter.world.population import Ints
from trainer.twitter.world.value import World

MOST = 20_000  # rows of each; an overlay of a person's own deeds has a handful

# Arrays of the newest rows, and one row more than is read, which tells that there are more. Nearly
# all of an overlay's tweets are younger than the base's last, so few are looked up in the base.
_DELTA = """
WITH last AS MATERIALIZED (
    SELECT coalesce(max(id), 0) AS id FROM twitter_tweet WHERE world_id = %(base)s),
own AS (
    SELECT o.id, o.author_id, o.kind, coalesce(o.retweet_of, o.reply_to, 0) AS parent, o.is_deleted
      FROM twitter_tweet o
     WHERE o.world_id = %(overlay)s AND (o.id > (SELECT id FROM last) OR NOT EXISTS (
           SELECT FROM twitter_tweet b WHERE b.world_id = %(base)s AND b.id = o.id))
     ORDER BY o.id DESC LIMIT %(most)s),
gone AS (
    SELECT o.id FROM twitter_tweet o
     WHERE o.world_id = %(overlay)s AND o.id <= (SELECT id FROM last) AND o.is_deleted AND EXISTS (
           SELECT FROM twitter_tweet b WHERE b.world_id = %(base)s AND b.id = o.id)
     ORDER BY o.id DESC LIMIT %(most)s),
deeds AS (
    SELECT o.account_id, o.tweet_id, o.kind, o.at, o.is_active,
           CASE WHEN o.is_active THEN o.at ELSE coalesce((
               SELECT b.at FROM twitter_engagement b
                WHERE b.world_id = %(base)s AND b.account_id = o.account_id
                  AND b.tweet_id = o.tweet_id AND b.kind = o.kind), o.at) END AS undone
      FROM (SELECT * FROM twitter_engagement WHERE world_id = %(overlay)s
             ORDER BY at DESC, account_id, tweet_id, kind LIMIT %(most)s) AS o)
SELECT own.*, gone.*, deeds.*
  FROM (SELECT array_send(array_agg(id)), array_send(array_agg(author_id)),
               array_send(array_agg(kind)), array_send(array_agg(parent)),
               array_send(array_agg(is_deleted)) FROM own) AS own,
       (SELECT array_send(array_agg(id)) FROM gone) AS gone,
       (SELECT array_send(array_agg(account_id)), array_send(array_agg(tweet_id)),
               array_send(array_agg(kind)), array_send(array_agg(at)),
               array_send(array_agg(is_active)), array_send(array_agg(undone)) FROM deeds) AS deeds
"""


def read_delta(world: World) -> Delta:
    """What the overlay holds beyond its base, of each kind of rows the newest MOST; of a base:
    nothing."""
    if world.base is None:
        return Delta()
    wanted = {"overlay": world.id, "base": world.root.id, "most": MOST + 1}
    with connection.cursor() as cursor:
        cursor.execute(_DELTA, wanted)
        row = cursor.fetchone()
    tweets, gone, deeds = _tweets(*row[:5]), bigints(row[5]), _deeds(*row[6:])
    longest = max(len(tweets["id"]), len(gone), len(deeds["account"]))
    return Delta(
        OverlayTweets(**_newest(tweets, tweets["id"])),
        OverlayDeeds(**_newest(deeds, deeds["at_ms"])),
        np.sort(gone[:MOST]),
        is_whole=longest <= MOST,
    )


def _tweets(id: Any, author: Any, kind: Any, parent: Any, is_deleted: Any) -> dict[str, Any]:
    return {
        "id": bigints(id),
        "author": ints(author).astype(np.int64),
        "kind": smallints(kind),
        "parent": bigints(parent),
        "is_deleted": bools(is_deleted),
    }


def _deeds(
    account: Any, tweet: Any, kind: Any, at: Any, is_active: Any, undone: Any
) -> dict[str, Any]:
    return {
        "account": ints(account).astype(np.int64),
        "tweet": bigints(tweet),
        "kind": smallints(kind),
        "at_ms": instants(at),
        "is_active": bools(is_active),
        "undone_ms": instants(undone),
    }


def _newest(columns: dict[str, Any], by: Ints) -> dict[str, Any]:
    """Of columns whose newest rows come first, these, the oldest of them first."""
    order = np.argsort(by[:MOST], kind="stable")
    return {name: values[:MOST][order] for name, values in columns.items()}
