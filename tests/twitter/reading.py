"""Reading through the api as a browser does, page by page, to the end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from tests.twitter.oracle import Count
from trainer.lib import clock
from trainer.twitter import api
from trainer.twitter.trends.rules import RULES
from trainer.twitter.trends.selectors import trends
from trainer.twitter.world.value import World

NOWHERE = "redis://127.0.0.1:1/0"  # a Redis that is down
# Everything that was mentioned in the newest window is listed, however few mention it.
EVERYTHING = replace(
    RULES, scored_min=RULES.window_min, history_min=RULES.window_min, expected_floor_authors=1e-9
)


def home_page(
    world: World, reader: int, limit: int = 50, cursor: str | None = None
) -> api.HomePage:
    return api.chronological_home(world, reader, limit=limit, cursor=cursor)


def whole_home(world: World, reader: int, limit: int = 50) -> list[int]:
    """The ids of all entries: each older than the one before, every page full but the last."""
    shown: list[int] = []
    cursor = None
    while True:
        page = home_page(world, reader, limit, cursor)
        ids = [entry.tweet.id for entry in page.entries]
        assert all(older < newer for newer, older in pairwise([*shown[-1:], *ids]))
        shown += ids
        cursor = page.next_cursor
        if cursor is None:
            return shown
        assert len(ids) == limit


def whole_search(world: World, query: str, limit: int = 5) -> list[int]:
    """The ids of all hits, newest first."""
    hits: list[int] = []
    cursor = None
    while True:
        page = api.search(world, query, limit=limit, cursor=cursor)
        ids = [hit.tweet_id for hit in page.hits]
        assert all(older < newer for newer, older in pairwise([*hits[-1:], *ids]))
        hits += ids
        cursor = page.next_cursor
        if cursor is None:
            return hits


def trend_window(at: datetime) -> tuple[datetime, datetime]:
    """The newest window as seen at `at`: whole minutes, that of `at` is the last."""
    until = datetime.fromtimestamp((int(at.timestamp()) // 60 + 1) * 60, UTC)
    return until - timedelta(minutes=RULES.window_min), until


def trend_counts(world: World, at: datetime) -> dict[str, Count]:
    page = trends(world, at=at, limit=50, rules=EVERYTHING)
    return {
        trend.term: Count(trend.mentions, trend.authors)
        for trend in (*page.trends, *page.waiting, *page.refused)
    }


def world_now(world: World) -> datetime:
    return world.now(clock.now())
