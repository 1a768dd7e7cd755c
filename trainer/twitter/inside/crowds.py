"""Accounts by what they are: many ordinary ones, those of one region, those made lately."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from trainer.twitter.world.value import World

# Region by region in turn, so that any number of them is spread as evenly as can be; within one in
# an order that looks like chance and is always the same.
_CROWD = """
SELECT id, handle, region, followers_count, quality FROM (
    SELECT id, handle, region, followers_count, quality,
           row_number() OVER (PARTITION BY region ORDER BY hashint4(id), id) AS turn
      FROM twitter_account
     WHERE world_id = %(world)s AND followers_count BETWEEN 1 AND %(most_followers)s
       AND created_at > %(after)s AND created_at <= %(before)s
       AND (%(region)s::int IS NULL OR region = %(region)s)
) AS ordered ORDER BY turn, region LIMIT %(size)s
"""
_BEGINNING_DAYS = 36_500.0  # of all accounts: long before any world
ORDINARY = 200  # followers: a tweet of theirs is cheap to deliver


@dataclass(frozen=True, slots=True)
class Person:
    """An account of a base; `quality` is from 0 to 1."""

    id: int
    handle: str
    region: int
    followers: int
    quality: float


def crowd(
    world: World,
    size: int,
    *,
    region: int | None = None,
    older_than_days: float = 0.0,
    younger_than_days: float = _BEGINNING_DAYS,
    most_followers: int = ORDINARY,
) -> tuple[Person, ...]:
    """At most `size` accounts with a follower or more, spread over the regions, or all of one.

    Ages are at the end of the base's history. The same question gives the same accounts; fewer
    where the world has no more of them.
    """
    asked = {
        "world": world.root.id,
        "size": size,
        "region": region,
        "most_followers": most_followers,
        "after": world.ends_at - timedelta(days=younger_than_days),
        "before": world.ends_at - timedelta(days=older_than_days),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CROWD, asked)
        return tuple(Person(*row) for row in cursor.fetchall())
