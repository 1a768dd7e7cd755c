"""What a timeline gains when its reader begins to follow, and loses when they stop."""

from collections.abc import Iterable

import numpy as np
from django.db import connection
from redis import Redis

from trainer.resilience.scripts import run
from trainer.twitter import keys
from trainer.twitter.graph.packed import DTYPE
from trainer.twitter.graph.selectors import following
from trainer.twitter.locks import one_at_a_time
from trainer.twitter.timelines import chronology
from trainer.twitter.timelines.scripts import BACKFILL, CLEAN
from trainer.twitter.timelines.window import ID_BYTES, LENGTH, Window, merge, packed
from trainer.twitter.world.value import World

Edge = tuple[int, int]  # follower, followee


def settle(redis: Redis, world: World, edges: Iterable[Edge]) -> None:
    """Make the overlay's timelines agree with the graph as it stands, whatever had happened to
    these edges, in whatever order, and whether it was done before. Raises RedisError.

    Within a transaction: until its end nobody else settles for the same follower. Otherwise one who
    saw the edge missing could take the ids out after another had put them in again.
    """
    changed = sorted(set(edges))
    for follower in sorted({follower for follower, _ in changed}):
        one_at_a_time("edges", world.id, follower)
    for follower, followee in changed:
        key = keys.home(world.id, follower)
        if followee in following(redis, world, follower):
            # What the base's list holds need not stand in the overlay's too.
            levels = world.lineage if _is_new(world, follower, followee) else (world.id,)
            run(redis, BACKFILL, [key], [packed(_pushed(levels, followee)), LENGTH])
        else:
            run(redis, CLEAN, [key], [packed(_pushed(world.lineage, followee))[ID_BYTES:]])


def _pushed(levels: Iterable[int], author_id: int) -> Window:
    author = np.array([author_id], dtype=DTYPE)
    return merge([chronology.pushed(level, author) for level in levels]).newest(LENGTH)


def _is_new(world: World, follower: int, followee: int) -> bool:
    """Whether the edge is the overlay's: it keeps no row of an edge that the base has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM twitter_follow"
            " WHERE world_id = %s AND follower_id = %s AND followee_id = %s AND is_active)",
            [world.id, follower, followee],
        )
        (found,) = cursor.fetchone()
    return bool(found)
