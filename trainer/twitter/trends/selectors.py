"""Reading the trends of a world. What cannot have changed is not read or computed again.

- The base is immutable: a process keeps the rows of a history (a day: some thousands) and the
  birthdays of the accounts (8 bytes each).
- An overlay's mentions are only ever added, and marked as retracted, so their number and that of
  the retracted ones say whether there is anything new. As long as there is not, and the minute and
  people's decisions are the same, so is the list.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from trainer.lib import clock
from trainer.twitter.errors import BadLimit
from trainer.twitter.trends.mentions import MINUTE_S, Mentions, joined, unpacked
from trainer.twitter.trends.ranking import Question, Ranking, Trend, rank
from trainer.twitter.trends.rules import RULES, TrendRules
from trainer.twitter.world.value import World

GLOBAL_REGION = -1  # in a review's row
MAX_LIMIT = 50
HOUR_MIN = 60
# By process: lists; histories (8 hours of overlays' clocks, or as many bases); bases' birthdays.
KEPT_LISTS = 64
KEPT_HISTORIES = 8
KEPT_BASES = 2

_HISTORY = """
SELECT term, string_agg(int8send(tweet_id) || int4send(minute) || int4send(author_id)
         || int2send(region) || float8send(weight) || int2send(is_deleted::int::int2), '')
  FROM twitter_trendmention
 WHERE world_id = %s AND minute BETWEEN %s AND %s
 GROUP BY term
"""
_BIRTHDAYS = """
SELECT string_agg(int4send(id) || int4send((extract(epoch FROM created_at) / 60)::int4), '')
  FROM twitter_account WHERE world_id = %s
"""
_STATE = """
SELECT count(*), count(*) FILTER (WHERE is_deleted),
       (SELECT coalesce(array_agg(term || ' ' || state ORDER BY term), '{}')
          FROM twitter_trendreview
         WHERE world_id = %(world)s AND region = %(region)s AND state <> 'pending')
  FROM twitter_trendmention WHERE world_id = %(world)s
"""


@dataclass(frozen=True, slots=True)
class _State:
    """What tells one state of an overlay from every other: how many mentions there are, how many of
    them are retracted, and the decisions as `term state`."""

    mentions: int = 0
    retracted: int = 0
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrendPage:
    """The trends at an instant of world time, best first; `since` and `until` bound the newest
    window. `waiting`: flagged, would be in the list if a person approves. `refused`: scored, and
    does not trend; each finding says why."""

    trends: tuple[Trend, ...]
    waiting: tuple[Trend, ...]
    refused: tuple[Trend, ...]
    at: datetime
    since: datetime
    until: datetime


def trends(
    world: World,
    *,
    region: int | None = None,
    at: datetime | None = None,
    limit: int = 10,
    rules: TrendRules = RULES,
) -> TrendPage:
    """What trends in all regions, or within one, at `at` (world time; None: now).

    Raises BadLimit.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise BadLimit(limit, MAX_LIMIT)
    at = at or world.now(clock.now())
    minute = int(at.timestamp()) // MINUTE_S
    found = ranked(world, region, minute, limit, rules, _state(world, region))
    until = datetime.fromtimestamp((minute + 1) * MINUTE_S, UTC)
    since = until - timedelta(minutes=rules.window_min)
    return TrendPage(found.trends, found.waiting, found.refused, at, since, until)


@lru_cache(maxsize=KEPT_LISTS)
def ranked(
    world: World, region: int | None, minute: int, limit: int, rules: TrendRules, state: _State
) -> Ranking:
    """The list at a unix minute of world time; `state` says which it is, and what was decided."""
    mentions = _mentions(world, minute, rules)
    if region is not None:
        mentions = mentions.where(mentions.region == region)
    decisions = dict(decision.rsplit(" ", 1) for decision in state.decisions)
    question = Question(minute, limit, region is None, decisions)
    return rank(mentions, birthdays(world.root.id), question, rules)


def _mentions(world: World, minute: int, rules: TrendRules) -> Mentions:
    first = (minute - rules.history_min) // HOUR_MIN * HOUR_MIN  # stays the same for an hour
    last_of_base = int(world.root.ends_at.timestamp()) // MINUTE_S
    base = base_history(world.root.id, first, min(minute, last_of_base))
    if not world.is_overlay:
        return base
    return joined(base, _history(world.id, first, minute))


@lru_cache(maxsize=KEPT_HISTORIES)
def base_history(base_id: int, first: int, last: int) -> Mentions:
    return _history(base_id, first, last)


def _history(world_id: int, first: int, last: int) -> Mentions:
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, [world_id, first, last])
        return unpacked({term: bytes(packed) for term, packed in cursor.fetchall()})


@lru_cache(maxsize=KEPT_BASES)
def birthdays(base_id: int) -> NDArray[np.int64]:
    """The unix minute at which each account was made, by account id; (accounts + 1,)."""
    with connection.cursor() as cursor:
        cursor.execute(_BIRTHDAYS, [base_id])
        (packed,) = cursor.fetchone()
    rows = np.frombuffer(bytes(packed or b""), np.dtype([("id", ">i4"), ("minute", ">i4")]))
    born = np.zeros(int(rows["id"].max(initial=0)) + 1, dtype=np.int64)
    born[rows["id"]] = rows["minute"]
    return born


def _state(world: World, region: int | None) -> _State:
    if not world.is_overlay:
        return _State()
    code = GLOBAL_REGION if region is None else region
    with connection.cursor() as cursor:
        cursor.execute(_STATE, {"world": world.id, "region": code})
        mentions, retracted, decisions = cursor.fetchone()
    return _State(mentions, retracted, tuple(decisions))
