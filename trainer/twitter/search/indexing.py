"""The search's consumer of the outbox: makes the documents of tweets that were posted or deleted.

What a tweet is *now* becomes its document, whatever the job says: a job may come twice, and a
deletion before the posting that it follows.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from trainer.lib import clock
from trainer.twitter.outbox import Event, Job
from trainer.twitter.search import document
from trainer.twitter.tweets.models import Kind

# One statement, since every exchange with the server adds to the delay. Its parts:
# - `prepared`: the lists of worlds and ids let the planner leave out the partitions of base
#   worlds. In the order of the keys, so that two workers do not wait for each other in a ring.
# - `written`: a deletion is final; who read the tweet just before must not bring it back.
# - the journeys: both stages are stamped row by row, as so long after the statement began, which
#   stays right where the server's clock is not ours.
_INDEX = f"""
WITH job AS (
    SELECT * FROM unnest(%(worlds)s::int[], %(ids)s::bigint[], %(posted)s::timestamptz[],
        %(queued)s::timestamptz[]) AS job (world_id, tweet_id, posted_at, queued_at)
), prepared AS MATERIALIZED (
    SELECT world_id, id AS tweet_id, author_id, is_deleted,
           CASE WHEN is_deleted THEN ''::tsvector ELSE {document.tsvector()} END AS tsv,
           clock_timestamp() - statement_timestamp() AS after
      FROM twitter_tweet
     WHERE world_id = ANY(%(worlds)s) AND id = ANY(%(ids)s) AND kind <> %(retweet)s
       AND (world_id, id) IN (SELECT world_id, tweet_id FROM job)
     ORDER BY world_id, id
), written AS (
    INSERT INTO twitter_searchdocument AS document (world_id, tweet_id, author_id, is_deleted, tsv)
    SELECT world_id, tweet_id, author_id, is_deleted, tsv FROM prepared
    ON CONFLICT (world_id, tweet_id) DO UPDATE
       SET author_id = excluded.author_id, is_deleted = excluded.is_deleted, tsv = excluded.tsv
     WHERE NOT document.is_deleted
    RETURNING world_id, tweet_id, clock_timestamp() - statement_timestamp() AS after
)
INSERT INTO twitter_searchjourney
       (world_id, tweet_id, posted_at, queued_at, prepared_at, indexed_at)
SELECT world_id, tweet_id, posted_at, queued_at,
       %(now)s::timestamptz + prepared.after, %(now)s::timestamptz + written.after
  FROM job JOIN prepared USING (world_id, tweet_id) JOIN written USING (world_id, tweet_id)
 WHERE posted_at IS NOT NULL
ON CONFLICT DO NOTHING
"""  # noqa: S608 (put together of our own constants)
# Never waits: a row that is locked is being stamped by another, or dropped with its world.
_SEEN = """
UPDATE twitter_searchjourney AS journey SET visible_at = %s
  FROM (SELECT world_id, tweet_id FROM twitter_searchjourney
         WHERE (world_id, tweet_id) IN (SELECT * FROM unnest(%s::int[], %s::bigint[]))
           AND visible_at IS NULL
           FOR UPDATE SKIP LOCKED) AS free
 WHERE journey.world_id = free.world_id AND journey.tweet_id = free.tweet_id
"""

Key = tuple[int, int]  # world, tweet


def handle(jobs: Sequence[Job]) -> None:
    """Bring the documents of the jobs' tweets up to date, all in one statement.

    Runs within the transaction that deletes the jobs' rows. Records when each posted tweet passed
    each stage; that it can be found is recorded after the commit.
    """
    posted = {_key(job): job for job in jobs if job.kind == Event.POSTED}
    keys = sorted({_key(job) for job in jobs})
    _index(keys, [posted.get(key) for key in keys])
    if posted:
        transaction.on_commit(partial(_seen, sorted(posted)), robust=True)


def _key(job: Job) -> Key:
    return job.world.id, job.payload["tweet_id"]


def _index(keys: Sequence[Key], posted: Sequence[Job | None]) -> None:
    """`posted`: for each key the job that says when it was posted, if there is one."""
    parameters: dict[str, list[int] | list[datetime | None] | datetime | int] = {
        "worlds": [world_id for world_id, _ in keys],
        "ids": [tweet_id for _, tweet_id in keys],
        "posted": [job.enqueued_at if job else None for job in posted],
        "queued": [job.claimed_at if job else None for job in posted],
        "retweet": Kind.RETWEET,
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_INDEX, parameters)


def _seen(keys: Sequence[Key]) -> None:
    """From now on a search finds them."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [now, [key[0] for key in keys], [key[1] for key in keys]])
