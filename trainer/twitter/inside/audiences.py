"""Accounts by how many follow them, readers by whom they follow, and what their tweets cost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from trainer.twitter.inside.crowds import Person
from trainer.twitter.timelines.fanout import DORMANT_AFTER
from trainer.twitter.timelines.home import HomePage, chronological_home
from trainer.twitter.timelines.models import DeliveryReport
from trainer.twitter.world.value import World

NO_LIMIT: Final = 2**31 - 1

_SIZED = """
SELECT id, handle, region, followers_count, quality FROM twitter_account
 WHERE world_id = %s AND followers_count BETWEEN %s AND %s
 ORDER BY followers_count {}, id LIMIT %s
"""
_DRAWN = """
SELECT id, handle, region, followers_count, quality FROM twitter_account
 WHERE world_id = %s AND followers_count > 0 AND last_active_at >= %s
 ORDER BY hashint4(id), id LIMIT %s
"""
_FOLLOWING = """
SELECT a.id, a.handle, found.n FROM (
    SELECT follower, count(*) AS n FROM twitter_basegraph, unnest(followers) AS follower
     WHERE world_id = %(base)s AND account_id = ANY(%(authors)s) GROUP BY follower) AS found
  JOIN twitter_account a ON a.world_id = %(base)s AND a.id = found.follower
 WHERE a.last_active_at >= %(since)s AND a.id <> ALL(%(authors)s) AND a.id <> ALL(%(never)s)
   AND NOT EXISTS (SELECT FROM twitter_basegraph g WHERE g.world_id = %(base)s
                      AND g.account_id = a.id AND g.following && %(never)s::int[])
 ORDER BY found.n DESC, a.id LIMIT %(count)s
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """An active account that follows `follows` of those asked for."""

    id: int
    handle: str
    follows: int


def largest(world: World, count: int = 1, *, most: int = NO_LIMIT) -> list[Person]:
    """The accounts of the base with the most followers, but with no more than `most`."""
    return _people(_SIZED.format("DESC"), [world.root.id, 0, most, count])


def smallest(world: World, count: int = 1, *, least: int = 0) -> list[Person]:
    """The accounts of the base with the fewest followers, but with at least `least`."""
    return _people(_SIZED.format("ASC"), [world.root.id, least, NO_LIMIT, count])


def drawn(world: World, count: int) -> list[Person]:
    """Active accounts with a follower or more, of any size, in an order that looks like chance and
    is always the same; fewer where the base has no more of them."""
    return _people(_DRAWN, [world.root.id, _active_since(world), count])


def following_most(
    world: World, authors: Collection[int], count: int = 1, *, but_not: Sequence[int] = ()
) -> list[Reader]:
    """Active accounts that follow the most of `authors`, and none of `but_not`, in the base."""
    asked: dict[str, Any] = {
        "base": world.root.id,
        "authors": list(authors),
        "never": list(but_not),
        "since": _active_since(world),
        "count": count,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWING, asked)
        return [Reader(*row) for row in cursor.fetchall()]


def delivered(world: World, tweet_ids: Sequence[int]) -> dict[int, DeliveryReport]:
    """The reports on those of the tweets whose fan-out is done, by tweet."""
    found = DeliveryReport.objects.filter(world_id=world.id, tweet_id__in=list(tweet_ids))
    return {report.tweet_id: report for report in found}


def pulled_home(world: World, account_id: int, *, limit: int = 50) -> HomePage:
    """The chronological home timeline with everything pulled, from all followed authors' tweets in
    Postgres, as if nothing had been pushed to anybody. Raises as `chronological_home`."""
    return chronological_home(None, world, account_id, limit=limit)


def _active_since(world: World) -> datetime:
    return world.root.ends_at - DORMANT_AFTER


def _people(sql: str, parameters: Sequence[Any]) -> list[Person]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Person(*row) for row in cursor.fetchall()]
