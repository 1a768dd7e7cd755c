"""Hydrating the query: what is known of the reader, from Postgres but for the base's follows."""

from dataclasses import replace
from typing import Any

import numpy as np
from django.db import connection
from redis import Redis

from trainer.twitter.columns.reading_delta import read_delta
from trainer.twitter.graph.models import Shun
from trainer.twitter.graph.selectors import following
from trainer.twitter.mixer.types import Query
from trainer.twitter.world.population import Ints
from trainer.twitter.world.value import World

# All of one reader's rows in one round trip. An engagement of the overlay shadows the base's.
_READER = """
SELECT ARRAY(SELECT other_id FROM twitter_shun
              WHERE world_id = %(world)s AND account_id = %(reader)s AND kind = %(mute)s),
       ARRAY(SELECT other_id FROM twitter_shun
              WHERE world_id = %(world)s AND account_id = %(reader)s AND kind = %(block)s
              UNION ALL
             SELECT account_id FROM twitter_shun
              WHERE world_id = %(world)s AND other_id = %(reader)s AND kind = %(block)s),
       ARRAY(SELECT tweet_id FROM twitter_seen
              WHERE world_id = %(world)s AND account_id = %(reader)s),
       ARRAY(SELECT author_id FROM twitter_notinterested
              WHERE world_id = %(world)s AND account_id = %(reader)s ORDER BY author_id),
       ARRAY(SELECT floor(extract(epoch FROM at) * 1000)::bigint FROM twitter_notinterested
              WHERE world_id = %(world)s AND account_id = %(reader)s ORDER BY author_id),
       ARRAY(SELECT tweet_id FROM (
             SELECT DISTINCT ON (tweet_id, kind) tweet_id, is_active FROM twitter_engagement
              WHERE world_id = ANY(%(lineage)s) AND account_id = %(reader)s
              ORDER BY tweet_id, kind, world_id DESC) AS own WHERE is_active)
"""


def hydrate(redis: Redis | None, world: World, query: Query) -> Query:
    """The query with all that is known of its reader. `redis` None: from Postgres alone.

    Raises UnknownAccount, and as `following`.
    """
    followees = following(redis, world, query.account_id)
    muted, blocked, seen, disliked, disliked_ms, engaged = _reader(world, query.account_id)
    return replace(
        query,
        following=followees.astype(np.int64),
        muted=np.unique(muted),
        blocked=np.unique(blocked),
        seen=np.union1d(seen, engaged),  # what one has done something with one has seen
        disliked=disliked,
        disliked_ms=disliked_ms,
        engaged=np.unique(engaged),
        delta=read_delta(world),
    )


def shunned(world: World, account_id: int) -> Ints:
    """Whom the account muted, or who is blocked either way: account ids, ascending int64."""
    muted, blocked, *_ = _reader(world, account_id)
    return np.union1d(muted, blocked)


def _reader(world: World, account_id: int) -> list[Ints]:
    wanted: dict[str, Any] = {
        "world": world.id,
        "lineage": list(world.lineage),
        "reader": account_id,
        "mute": int(Shun.Kind.MUTE),
        "block": int(Shun.Kind.BLOCK),
    }
    with connection.cursor() as cursor:
        cursor.execute(_READER, wanted)
        return [np.array(column, dtype=np.int64) for column in cursor.fetchone()]
