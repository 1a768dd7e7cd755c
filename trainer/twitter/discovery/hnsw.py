"""The tweets nearest to a reader by pgvector's index (HNSW: Malkov and Yashunin 2018), over all of
a base world's tweets that somebody liked: for what is older than `nearest.exact` looks at.

The index knows the inner product alone, so what it finds is scored again, as `nearest.exact` does.
It holds the base's vectors; the reader's own, and the score, are the overlay's.
"""

from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from trainer.twitter.columns.log import NONE, posted_ms
from trainer.twitter.discovery.links import Matrix
from trainer.twitter.discovery.moved import Moved
from trainer.twitter.discovery.nearest import Nearest, among, best, bonus_of
from trainer.twitter.tweets import snowflake
from trainer.twitter.world.population import Ints
from trainer.twitter.world.value import World

EF_SEARCH = 400  # recall 0.99 of the nearest 300; pgvector allows 1 to 1,000
SPARE = 2  # times the limit is asked for, as the score puts them into another order

# A small world's vectors would rather all be compared and sorted, which is not what is asked for.
_SETTINGS = """
SELECT set_config('hnsw.ef_search', %s, true), set_config('hnsw.iterative_scan', %s, true),
       set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)
"""
_NEAREST = """
SELECT tweet_id FROM twitter_tweetvector
 WHERE world_id = %(world)s AND tweet_id < %(end)s
 ORDER BY vector <#> %(reader)s::vector LIMIT %(limit)s
"""


def indexed(
    world: World,
    moved: Moved,
    account_id: int,
    limit: int,
    *,
    without: NDArray[np.int64],
    until_ms: int | None = None,
    ef_search: int = EF_SEARCH,
) -> Nearest:
    """At most `limit` tweets of any age, or posted before `until_ms` (unix milliseconds), whose
    authors are none of `without` (account ids (k,)). Nothing, for a reader of whom nothing is
    known."""
    reader = moved.account(account_id)
    found = nearest_ids(world, reader, SPARE * limit, until_ms=until_ms, ef_search=ef_search)
    rows = moved.present.rows(found)
    kept = (rows != NONE) & reader.any()
    kept[kept] = ~among(moved.present.authors(rows[kept]), without)
    rows = rows[kept]
    similarity = moved.tweets(rows) @ reader
    posted = posted_ms(found[kept])
    score = similarity + bonus_of(moved.likers(rows), posted, moved.vectors.at_ms)
    return best(moved, rows, score, similarity, limit)


def nearest_ids(
    world: World,
    reader: Matrix,
    count: int,
    *,
    until_ms: int | None = None,
    ef_search: int = EF_SEARCH,
) -> Ints:
    """(k,) int64: ids of about the `count` tweets of the base with the greatest inner product with
    `reader` (32,), nearest first. The scan goes on beyond its first `ef_search` where more are
    wanted, or where some of those are too new."""
    end = (
        snowflake.GREATEST
        if until_ms is None
        else snowflake.first_at(datetime.fromtimestamp(until_ms / 1000, UTC))
    )
    wanted: dict[str, Any] = {
        "world": world.root.id,
        "end": end,
        "reader": f"[{','.join(map(str, reader.tolist()))}]",
        "limit": count,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SETTINGS, [str(ef_search), "strict_order"])
        cursor.execute(_NEAREST, wanted)
        return np.array([id for (id,) in cursor.fetchall()], dtype=np.int64)
