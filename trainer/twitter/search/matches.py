"""A query made ready for a world, and its newest matches in base and overlay."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db import connection

from trainer.twitter.errors import EmptyQuery
from trainer.twitter.search import tsquery
from trainer.twitter.search.newest import Level, Match, newest
from trainer.twitter.search.query import Query, parse
from trainer.twitter.tweets import snowflake
from trainer.twitter.world.models import Account
from trainer.twitter.world.value import World


@dataclass(frozen=True, slots=True)
class Wanted:
    """`tsquery` as the server wrote it; ids from `least` to before `below`; the handles after
    `from:` that no account of the world has."""

    world: World
    tsquery: str
    least: int
    below: int
    unknown_handles: tuple[str, ...]

    def newest(self, limit: int, below: int | None = None) -> list[Match]:
        """The newest matches, newest first, all before `below` where it is given.

        What the overlay says about a tweet of its base holds.
        """
        end = self.below if below is None else min(below, self.below)
        found: list[Match] = []
        for world_id in self.world.lineage:
            overlay_id = self.world.id if world_id != self.world.id else None
            found += newest(Level(world_id, overlay_id, self.least, end), self.tsquery, limit)
        return sorted(found, key=lambda match: match.tweet_id, reverse=True)[:limit]


def ready(world: World, text: str) -> Wanted:
    """Raises what query.parse raises, and EmptyQuery where Postgres finds no word in it."""
    parsed = parse(text)
    account_ids = _account_ids(world, parsed.handles)
    sql, parameters = tsquery.compose(parsed, account_ids)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({sql})::text", parameters)
        row = cursor.fetchone()
    if not row or not row[0]:
        raise EmptyQuery(text)
    unknown = tuple(sorted(parsed.handles - account_ids.keys()))
    return Wanted(world, row[0], *_id_range(parsed), unknown)


def _account_ids(world: World, handles: Collection[str]) -> dict[str, int]:
    if not handles:
        return {}
    accounts = Account.objects.filter(world_id=world.root.id, handle__in=handles)
    return dict(accounts.values_list("handle", "id"))


def _id_range(parsed: Query) -> tuple[int, int]:
    """Ids from the first of `since` to before the first of `until`."""
    least = _first_of(parsed.since) if parsed.since else 0
    return least, _first_of(parsed.until) if parsed.until else snowflake.GREATEST


def _first_of(day: date) -> int:
    """The smallest id of a day (UTC), as near as ids come to it."""
    first = snowflake.first_at(datetime.combine(day, time(), UTC))
    return min(max(first, 0), snowflake.GREATEST)
