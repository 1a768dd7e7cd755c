"""Other ways to count terms and to find what trends, for comparison."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from django.db import connection

from trainer.twitter.outbox import Job
from trainer.twitter.trends.rules import TrendRules
from trainer.twitter.trends.scoring import author_weights
from trainer.twitter.trends.terms import terms
from trainer.twitter.tweets import snowflake
from trainer.twitter.tweets.models import Kind
from trainer.twitter.world.value import World

_TWEET = """
SELECT t.text, a.region, a.quality, a.created_at
  FROM twitter_tweet t JOIN twitter_account a ON a.world_id = %s AND a.id = t.author_id
 WHERE t.world_id = %s AND t.id = %s AND NOT t.is_deleted
   FOR SHARE OF t
"""
_MENTION = """
INSERT INTO twitter_trendmention
       (world_id, tweet_id, term, minute, author_id, region, weight, is_deleted)
VALUES (%s, %s, %s, %s, %s, %s, %s, false)
    ON CONFLICT DO NOTHING
"""
# The text of a day, each tag of each author once a window.
_RECOUNT = """
SELECT tag, ago, count(*), sum(quality) FROM (
  SELECT DISTINCT ON (tag, ago, t.author_id) tag, ago, a.quality
    FROM (SELECT DISTINCT ON (id) id, author_id, text, is_deleted,
                 (%(minute)s - ((id >> 22) + %(epoch_ms)s) / 60000) / %(window_min)s AS ago
            FROM twitter_tweet
           WHERE world_id = ANY(%(lineage)s) AND id >= %(first)s AND id < %(last)s
             AND kind <> %(rt)s
           ORDER BY id, world_id DESC) AS t
   CROSS JOIN LATERAL (SELECT lower(found[1]) AS tag
                         FROM regexp_matches(t.text, '#(\\w+)', 'g') AS found) AS tags
    JOIN twitter_account a ON a.world_id = %(base)s AND a.id = t.author_id
   WHERE NOT t.is_deleted) AS voices
 GROUP BY tag, ago
"""


def one_by_one(jobs: Sequence[Job]) -> None:
    """The same rows as `counting.handle` writes for posted tweets, with a SELECT for each job and
    an INSERT for each mention."""
    with connection.cursor() as cursor:
        for job in jobs:
            world, tweet_id = job.world, job.payload["tweet_id"]
            cursor.execute(_TWEET, [world.root.id, world.id, tweet_id])
            text, region, quality, created_at = cursor.fetchone()
            at = snowflake.at(tweet_id)
            age_days = np.array([(at - created_at) / timedelta(days=1)])
            weight = float(author_weights(np.array([quality]), age_days, TrendRules())[0])
            minute = int(at.timestamp()) // 60
            author_id = job.payload["author_id"]
            for term in terms(text):
                row = [world.id, tweet_id, term, minute, author_id, region, weight]
                cursor.execute(_MENTION, row)


def recount(world: World, at: datetime, rules: TrendRules) -> dict[tuple[str, int], int]:
    """Distinct authors by (tag, windows ago), counted from the texts of the history by SQL alone.

    It leaves the score, the gates and the new-account discount to do.
    """
    end = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    wanted: dict[str, int | list[int]] = {
        "minute": int(at.timestamp()) // 60,
        "epoch_ms": round(snowflake.EPOCH.timestamp() * 1000),
        "window_min": rules.window_min,
        "lineage": list(world.lineage),
        "base": world.root.id,
        "first": snowflake.first_at(end - timedelta(minutes=rules.history_min)),
        "last": snowflake.first_at(end),
        "rt": int(Kind.RETWEET),
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, wanted)
        return {(tag, ago): authors for tag, ago, authors, _ in cursor.fetchall()}
