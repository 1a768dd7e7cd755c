"""Making the documents of a world anew from its tweets, while it is searched and written to."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from trainer.twitter.search import document
from trainer.twitter.tweets import snowflake
from trainer.twitter.tweets.models import Kind
from trainer.twitter.world.value import World

BATCH = 2_000  # tweets in one transaction

_COUNT = "SELECT count(*) FROM twitter_tweet WHERE world_id = %s"
_LAST_OF_BATCH = """
SELECT max(id), count(*) FROM (
    SELECT id FROM twitter_tweet WHERE world_id = %s AND id > %s ORDER BY id LIMIT %s
) AS batch
"""
# FOR SHARE: whoever deletes one of these tweets waits for this batch, and is indexed after it. So
# what is read here is the truth, unlike in indexing, and may also undo a deletion marked wrongly.
# What is right already is not written again: a second run is cheap and leaves no dead rows.
_WRITE = f"""
WITH batch AS (
    SELECT * FROM twitter_tweet
     WHERE world_id = %(world)s AND id > %(after)s AND id <= %(last)s AND kind <> %(retweet)s
     ORDER BY id FOR SHARE
)
INSERT INTO twitter_searchdocument AS document (world_id, tweet_id, author_id, is_deleted, tsv)
SELECT world_id, id, author_id, is_deleted,
       CASE WHEN is_deleted THEN ''::tsvector ELSE {document.tsvector()} END
  FROM batch
ON CONFLICT (world_id, tweet_id) DO UPDATE
   SET author_id = excluded.author_id, is_deleted = excluded.is_deleted, tsv = excluded.tsv
 WHERE (document.author_id, document.is_deleted, document.tsv)
       IS DISTINCT FROM (excluded.author_id, excluded.is_deleted, excluded.tsv)
"""  # noqa: S608 (put together of our own constants)
_REMOVE_STRAYS = """
DELETE FROM twitter_searchdocument AS document
 WHERE world_id = %(world)s AND tweet_id > %(after)s AND tweet_id <= %(last)s
   AND NOT EXISTS (SELECT FROM twitter_tweet AS tweet
                    WHERE tweet.world_id = %(world)s AND tweet.id = document.tweet_id
                      AND tweet.kind <> %(retweet)s)
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` tweets were looked at; `written` documents were missing or wrong, and
    `removed` had no tweet."""

    done: int
    total: int
    written: int
    removed: int


def rebuild(world: World, batch: int = BATCH) -> Iterator[Progress]:
    """Bring every document of this world (not of its base) in line with its tweet.

    Goes on while the result is asked for; one transaction a step. May be stopped at any point and
    run again, twice at once too: no document is ever away in between.
    """
    total = _one(_COUNT, [world.id])[0]
    done = written = removed = after = 0
    while True:
        last, found = _one(_LAST_OF_BATCH, [world.id, after, batch])
        step = {
            "world": world.id,
            "after": after,
            "last": last if found else snowflake.GREATEST,
            "retweet": Kind.RETWEET,
        }
        with transaction.atomic():
            removed += _change(_REMOVE_STRAYS, step)
            written += _change(_WRITE, step)
        done += found
        yield Progress(done, max(total, done), written, removed)
        if not found:
            return
        after = last


def _one(sql: str, parameters: list[int]) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row: tuple[int, ...] = cursor.fetchone()
    return row


def _change(sql: str, parameters: dict[str, int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)
