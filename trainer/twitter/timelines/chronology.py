"""Timelines from Postgres alone: what the lists in Redis are rebuilt from, what stands below their
floors, and what serves while Redis is down.

An author's tweets are found by index and the newest of all followed authors are taken: the planner
goes through the authors when they are few, and through time when they are many.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from trainer.twitter.timelines.window import LENGTH, Window, merge, of
from trainer.twitter.tweets import snowflake
from trainer.twitter.tweets.models import Delivery
from trainer.twitter.world.value import World

Authors = NDArray[np.unsignedinteger]
NO_CURSOR = snowflake.GREATEST


def chronology(world: World, following: Authors, before: int, count: int) -> Window:
    """The newest `count` ids below `before` by the followed authors, of base and overlay, or fewer.

    What is deleted in the overlay alone is among them: `candidates.find` tells.
    """
    levels = [_authored(level, following, before, count) for level in world.lineage]
    return merge(levels).newest(count)


def pushed(world_id: int, authors: Authors) -> Window:
    """The newest LENGTH push-stamped ids of one level (base or overlay) by these authors."""
    return _authored(world_id, authors, NO_CURSOR, LENGTH, Delivery.PUSH)


def pulled(world_id: int, authors: Authors) -> Window:
    """The newest LENGTH pull-stamped ids of one level by these authors."""
    return _authored(world_id, authors, NO_CURSOR, LENGTH, Delivery.PULL)


def pulled_by_author(world_id: int, authors: Sequence[int]) -> dict[int, Window]:
    """The newest LENGTH pull-stamped ids of one level, for each author by itself."""
    rows = _rows(
        """
        SELECT a.id, t.id FROM unnest(%s::int[]) AS a(id) CROSS JOIN LATERAL (
            SELECT id FROM twitter_tweet WHERE world_id = %s AND author_id = a.id
               AND delivery = %s AND NOT is_deleted ORDER BY id DESC LIMIT %s) t
        """,
        [list(authors), world_id, int(Delivery.PULL), LENGTH + 1],
    )
    ids: dict[int, list[int]] = {author: [] for author in authors}
    for author, tweet_id in rows:
        ids[author].append(tweet_id)
    return {author: _window(found, LENGTH) for author, found in ids.items()}


def pullers(world_id: int) -> list[int]:
    """The authors of one level's pull-stamped tweets, sorted."""
    rows = _rows(
        "SELECT DISTINCT author_id FROM twitter_tweet"
        " WHERE world_id = %s AND delivery = %s AND NOT is_deleted ORDER BY author_id",
        [world_id, int(Delivery.PULL)],
    )
    return [author for (author,) in rows]


def as_array(authors: Authors) -> str:
    """Five hundred of them as Postgres writes an array; psycopg takes a millisecond or two for it,
    going through a list one by one."""
    return "{" + ",".join(map(str, authors.tolist())) + "}"


def _authored(
    world_id: int, authors: Authors, before: int, count: int, delivery: Delivery | None = None
) -> Window:
    stamped = "" if delivery is None else f"AND delivery = {int(delivery)}"
    rows = _rows(
        f"""
        SELECT id FROM twitter_tweet WHERE world_id = %s AND author_id = ANY(%s::int[]) AND id < %s
           AND NOT is_deleted {stamped} ORDER BY id DESC LIMIT %s
        """,  # noqa: S608 (a number of ours)
        [world_id, as_array(authors), before, count + 1],
    )
    return _window([tweet_id for (tweet_id,) in rows], count)


def _window(ids: Iterable[int], count: int) -> Window:
    return of(np.fromiter(ids, np.uint64), floor=0).newest(count)


def _rows(sql: str, parameters: Sequence[Any]) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
