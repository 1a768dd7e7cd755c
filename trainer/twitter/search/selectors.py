"""Searching a world: its base and its overlay as one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from trainer.twitter.errors import BadLimit, UnknownOrder
from trainer.twitter.search import cursors
from trainer.twitter.search.matches import Wanted, ready
from trainer.twitter.search.newest import Match
from trainer.twitter.search.ranking import score
from trainer.twitter.tweets import snowflake
from trainer.twitter.tweets.models import EngagementKind
from trainer.twitter.world.value import World

MOST = 100
CANDIDATES = 1_000  # the newest matches, among which relevance chooses
ENGAGEMENTS = (
    EngagementKind.LIKE,
    EngagementKind.BOOKMARK,
    EngagementKind.REPLY,
    EngagementKind.RETWEET,
)

# An inactive row of an overlay stands for an active one of the base that was taken back.
_ENGAGEMENTS = """
SELECT id, sum(n) FROM (
    SELECT id, like_count + retweet_count + reply_count + bookmark_count AS n
      FROM twitter_tweet WHERE world_id = ANY(%(lineage)s) AND id = ANY(%(ids)s)
    UNION ALL
    SELECT tweet_id, CASE WHEN is_active THEN 1 ELSE -1 END
      FROM twitter_engagement
     WHERE world_id = %(overlay_id)s AND tweet_id = ANY(%(ids)s) AND kind = ANY(%(kinds)s)
) AS counted GROUP BY id
"""


class Order(StrEnum):
    RECENCY = "recency"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class Hit:
    """A tweet that matches; `score` only by relevance (see ranking)."""

    tweet_id: int
    author_id: int
    score: float | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`next_cursor` is None on the last page. `unknown_handles`: those after `from:` that no
    account of this world has; they match nothing."""

    hits: tuple[Hit, ...]
    next_cursor: str | None
    unknown_handles: tuple[str, ...] = ()


def search(
    world: World,
    text: str,
    *,
    order: str = Order.RECENCY,
    limit: int = 20,
    cursor: str | None = None,
) -> SearchPage:
    """One page of 1 to 100 matches of a query (see search.query for its language).

    `recency`: newest first. `relevance`: the CANDIDATES newest matches by score, the greatest
    first, equal ones newest first. A cursor belongs to its query and order.
    Raises BadLimit, UnknownOrder, UnknownCursor, and what query.parse raises.
    """
    if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MOST:
        raise BadLimit(limit, MOST)
    if order == Order.RECENCY:
        return _by_recency(ready(world, text), limit, cursor)
    if order == Order.RELEVANCE:
        return _by_relevance(ready(world, text), limit, cursor)
    raise UnknownOrder(order, " or ".join(Order))


def _by_recency(wanted: Wanted, limit: int, cursor: str | None) -> SearchPage:
    found = wanted.newest(limit + 1, None if cursor is None else cursors.read_recency(cursor))
    hits = tuple(Hit(match.tweet_id, match.author_id) for match in found[:limit])
    more = cursors.write_recency(hits[-1].tweet_id) if len(found) > limit else None
    return SearchPage(hits, more, wanted.unknown_handles)


def _by_relevance(wanted: Wanted, limit: int, cursor: str | None) -> SearchPage:
    place = None if cursor is None else cursors.read_relevance(cursor)
    candidates = wanted.newest(CANDIDATES, None if place is None else place.newest + 1)
    hits = sorted(_scored(wanted.world, candidates), key=_standing, reverse=True)
    if place:
        hits = [hit for hit in hits if _standing(hit) < (place.score, place.tweet_id)]
    page = hits[:limit]
    more = None
    if len(hits) > limit:
        newest = candidates[0].tweet_id
        more = cursors.write_relevance(cursors.Relevance(newest, *_standing(page[-1])))
    return SearchPage(tuple(page), more, wanted.unknown_handles)


def _standing(hit: Hit) -> tuple[float, int]:
    return hit.score or 0.0, hit.tweet_id


def _scored(world: World, matches: Sequence[Match]) -> Iterator[Hit]:
    engagements = _engagements(world, [match.tweet_id for match in matches])
    for match in matches:
        rated = score(
            match.rank,
            engagements.get(match.tweet_id, 0),
            snowflake.at(match.tweet_id),
            world.ends_at,
        )
        yield Hit(match.tweet_id, match.author_id, rated)


def _engagements(world: World, ids: Sequence[int]) -> dict[int, int]:
    """How many engagements each has, in base and overlay together."""
    if not ids:
        return {}
    parameters = {
        "lineage": list(world.lineage),
        "ids": list(ids),
        "overlay_id": world.id if world.is_overlay else None,
        "kinds": list(ENGAGEMENTS),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENGAGEMENTS, parameters)
        return {tweet_id: int(number) for tweet_id, number in cursor.fetchall()}
