"""The consumer that keeps the mentions of terms: one batch of jobs, two statements."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from django.db import connection

from trainer.twitter.outbox import Event, Job
from trainer.twitter.trends.mentions import MINUTE_S
from trainer.twitter.trends.rules import RULES
from trainer.twitter.trends.scoring import author_weights
from trainer.twitter.trends.terms import terms
from trainer.twitter.tweets import snowflake

DAY = timedelta(days=1)
Tweet = tuple[int, int, int, str, int, float, datetime]  # as _POSTED selects it
Row = tuple[int, int, str, int, int, int, float]  # as _COUNT inserts it

# FOR SHARE: a deletion waits until what is counted here is there for it to retract, or is seen.
_POSTED = """
SELECT t.world_id, t.id, t.author_id, t.text, a.region, a.quality, a.created_at
  FROM unnest(%s::int4[], %s::int4[], %s::int8[]) AS job (world_id, base_id, tweet_id)
  JOIN twitter_tweet t ON t.world_id = job.world_id AND t.id = job.tweet_id
  JOIN twitter_account a ON a.world_id = job.base_id AND a.id = t.author_id
 WHERE NOT t.is_deleted AND t.text ~ U&'[#\\FF03]'
   FOR SHARE OF t
"""
_COUNT = """
INSERT INTO twitter_trendmention
       (world_id, tweet_id, term, minute, author_id, region, weight, is_deleted)
SELECT *, false
  FROM unnest(%s::int4[], %s::int8[], %s::text[], %s::int4[], %s::int4[], %s::int2[], %s::float8[])
    ON CONFLICT DO NOTHING
"""
# The overlay's own rows are marked; over a base's row a marked one is laid.
_RETRACT = """
INSERT INTO twitter_trendmention
       (world_id, tweet_id, term, minute, author_id, region, weight, is_deleted)
SELECT DISTINCT ON (job.world_id, m.tweet_id, m.term)
       job.world_id, m.tweet_id, m.term, m.minute, m.author_id, m.region, m.weight, true
  FROM unnest(%s::int4[], %s::int4[], %s::int8[]) AS job (world_id, base_id, tweet_id)
  JOIN twitter_trendmention m
    ON m.world_id IN (job.world_id, job.base_id) AND m.tweet_id = job.tweet_id
 ORDER BY job.world_id, m.tweet_id, m.term
    ON CONFLICT (world_id, tweet_id, term) DO UPDATE SET is_deleted = true
"""


def handle(jobs: Sequence[Job]) -> None:
    """Count the terms of what was posted, retract those of what was deleted, in any order of the
    jobs: a tweet that is deleted is not counted, and one that is counted can be retracted.

    Within the transaction that deletes the outbox rows; doing it again changes nothing.
    """
    posted = [job for job in jobs if job.kind == Event.POSTED]
    deleted = [job for job in jobs if job.kind == Event.DELETED]
    with connection.cursor() as cursor:
        if posted:
            cursor.execute(_POSTED, _keys(posted))
            if rows := _rows(cursor.fetchall()):
                cursor.execute(_COUNT, [list(column) for column in zip(*rows, strict=True)])
        if deleted:
            cursor.execute(_RETRACT, _keys(deleted))


def _keys(jobs: Sequence[Job]) -> list[list[int]]:
    return [
        [job.world.id for job in jobs],
        [job.world.root.id for job in jobs],
        [job.payload["tweet_id"] for job in jobs],
    ]


def _rows(tweets: Sequence[Tweet]) -> list[Row]:
    """The mentions in these tweets, in the order of their key, so that two workers who happen to
    write the same ones wait for each other instead of blocking each other."""
    found: list[Row] = []
    for tweet, weight in zip(tweets, _weights(tweets), strict=True):
        world_id, tweet_id, author_id, text, region, *_ = tweet
        minute = int(snowflake.at(tweet_id).timestamp()) // MINUTE_S
        found.extend(
            (world_id, tweet_id, term, minute, author_id, region, weight) for term in terms(text)
        )
    return sorted(found)


def _weights(tweets: Sequence[Tweet]) -> list[float]:
    """What each tweet's author counted for when it was posted."""
    quality = np.array([tweet[5] for tweet in tweets], dtype=np.float64)
    age_days = np.array([(snowflake.at(tweet[1]) - tweet[6]) / DAY for tweet in tweets])
    return [float(weight) for weight in author_weights(quality, age_days, RULES)]
