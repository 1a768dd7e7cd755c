"""The mentions of one term in an experiment and its base."""

import numpy as np
from django.db import connection

from trainer.twitter.trends.mentions import Mentions
from trainer.twitter.world.value import World

# An overlay's row takes the place of its base's: it may retract it.
_MENTIONS = """
SELECT DISTINCT ON (tweet_id) tweet_id, minute, author_id, region, weight, is_deleted
  FROM twitter_trendmention
 WHERE world_id = ANY(%s) AND term = %s AND minute BETWEEN %s AND %s
 ORDER BY tweet_id, world_id DESC
"""


def mentions_of(world: World, term: str, first: int, last: int) -> Mentions:
    """Those between two unix minutes of world time, both counted; oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_MENTIONS, [list(world.lineage), term, first, last])
        rows = cursor.fetchall()
    tweet, minute, author, region, weight, retracted = zip(*rows, strict=True) if rows else [()] * 6
    return Mentions(
        (term,),
        np.zeros(len(rows), dtype=np.int64),
        np.array(tweet, dtype=np.int64),
        np.array(minute, dtype=np.int64),
        np.array(author, dtype=np.int64),
        np.array(region, dtype=np.int64),
        np.array(weight, dtype=np.float64),
        np.array(retracted, dtype=np.bool_),
    )
