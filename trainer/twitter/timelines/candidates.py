"""What decides about the entries of a timeline, from Postgres: whose they are, what they retweet,
and whether either is deleted in this world."""

from collections.abc import Collection, Sequence

from django.db import connection

from trainer.twitter.timelines.canonical import Candidate
from trainer.twitter.timelines.chronology import Authors, as_array
from trainer.twitter.world.value import World


def find(world: World, ids: Sequence[int]) -> list[Candidate]:
    """The candidates with these ids, newest first; an id that no tweet has is left out."""
    lineage = list(world.lineage)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT t.id, t.author_id, t.kind, t.is_deleted, t.retweet_of, t.original_author_id,
                   t.retweet_of IS NOT NULL AND coalesce(o.is_deleted, true)
              FROM (SELECT DISTINCT ON (id)
                           id, author_id, kind, is_deleted, retweet_of, original_author_id
                      FROM twitter_tweet WHERE world_id = ANY(%s) AND id = ANY(%s)
                     ORDER BY id, world_id DESC) t
              LEFT JOIN LATERAL (
                    SELECT is_deleted FROM twitter_tweet
                     WHERE world_id = ANY(%s) AND id = t.retweet_of
                     ORDER BY world_id DESC LIMIT 1) o ON true
             ORDER BY t.id DESC
            """,
            [lineage, list(ids), lineage],
        )
        return [Candidate(*row) for row in cursor.fetchall()]


def retweeted_above(
    world: World, originals: Collection[int], cursor_id: int, following: Authors
) -> set[int]:
    """Which of `originals` have a retweet at or above `cursor_id` by an account of `following`,
    one that is not deleted."""
    if not originals:
        return set()
    lineage = list(world.lineage)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT o.id FROM unnest(%s::bigint[]) AS o(id) WHERE EXISTS (
                SELECT FROM twitter_tweet r
                 WHERE r.world_id = ANY(%s) AND r.retweet_of = o.id AND r.id >= %s
                   AND r.author_id = ANY(%s::int[]) AND NOT r.is_deleted
                   AND NOT EXISTS (
                       SELECT FROM twitter_tweet s
                        WHERE s.world_id = ANY(%s) AND s.world_id > r.world_id AND s.id = r.id
                          AND s.is_deleted))
            """,
            [list(originals), lineage, cursor_id, as_array(following), lineage],
        )
        return {original for (original,) in cursor.fetchall()}
