"""The chronological home timeline: what was pushed to the reader's lists, merged with what is
pulled from authors who are too big to push, one canonical entry for each tweet, cut into pages.

Without Redis the same timeline comes from Postgres.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from redis import Redis
from redis.exceptions import RedisError

from trainer.resilience.single_flight import StillMissing
from trainer.twitter.graph.selectors import following
from trainer.twitter.timelines import chronology
from trainer.twitter.timelines.canonical import Candidate
from trainer.twitter.timelines.chronology import NO_CURSOR, Authors
from trainer.twitter.timelines.levels import home_lists
from trainer.twitter.timelines.pages import Page, checked_limit, cut, decode, encode
from trainer.twitter.timelines.pulled import pulled
from trainer.twitter.timelines.stages import Stages
from trainer.twitter.timelines.window import Window, merge
from trainer.twitter.tweets.selectors import TweetRow, hydrate
from trainer.twitter.world.value import World

AWAY = (RedisError, OSError, StillMissing)
Source = Literal["redis", "postgres"]
Via = Literal["home list", "pulled", "postgres"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """`tweet` stands in the timeline; where it is a retweet, `original` is what it shows. `via`:
    where the read found it."""

    tweet: TweetRow
    original: TweetRow | None
    via: Via


@dataclass(frozen=True, slots=True)
class HomePage:
    """Entries newest first; `next_cursor` is None at the end of the timeline.

    `source`: "postgres" when Redis could not be used. (Below the floor of the lists single entries
    come from Postgres all the same, see `Entry.via`.) `rebuilt`: lists and strings in Redis that
    this read found missing and made. `stage_ms`: milliseconds by stage. `counts`: followees, lists,
    pulled (authors), window (ids in hand), looked_at (of them examined).
    """

    entries: tuple[Entry, ...]
    next_cursor: str | None
    source: Source
    rebuilt: int
    stage_ms: Mapping[str, float]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Sources:
    """What is in hand before a page is cut, and where from."""

    followees: Authors
    listed: Sequence[Window] = ()
    pulled: Sequence[Window] = ()
    queried: Sequence[Window] = ()
    rebuilt: int = 0

    def merged(self) -> Window:
        return merge([*self.listed, *self.pulled, *self.queried])

    def via(self, page: Page, floor: int) -> Callable[[int], Via]:
        """Of the page's entries: at or below the `floor` of what was merged, Postgres was asked."""
        floor = max(floor, page.kept[-1].id - 1) if page.kept else floor
        listed, pulled = _above(floor, self.listed), _above(floor, self.pulled)
        return lambda tweet_id: (
            "home list" if tweet_id in listed else "pulled" if tweet_id in pulled else "postgres"
        )


def chronological_home(
    redis: Redis | None,
    world: World,
    account_id: int,
    *,
    limit: int = 50,
    cursor: str | None = None,
) -> HomePage:
    """A page of `limit` (1 to 200) entries below the cursor. `redis` None: it is known to be away.

    Raises UnknownAccount, UnknownCursor, BadLimit.
    """
    before = decode(cursor)
    checked_limit(limit)
    stages = Stages()
    sources = None if redis is None else _tried(redis, world, account_id, stages)
    source: Source = "redis"
    if sources is None:
        source, stages = "postgres", Stages()
        sources = _from_postgres(world, account_id, before, limit, stages)
    with stages.stage("merge"):
        window = sources.merged()
    with stages.stage("hydrate"):
        page = cut(world, account_id, sources.followees, window, before, limit)
        entries = _entries(world, page.kept, sources.via(page, window.floor))
    return HomePage(
        entries=entries,
        next_cursor=encode(page.kept[-1].id) if page.has_more else None,
        source=source,
        rebuilt=sources.rebuilt,
        stage_ms=stages.ms,
        counts={
            "followees": len(sources.followees),
            "lists": len(sources.listed),
            "pulled": len(sources.pulled),
            "window": len(window.ids),
            "looked_at": page.looked_at,
        },
    )


def _tried(redis: Redis, world: World, account_id: int, stages: Stages) -> _Sources | None:
    try:
        return _from_redis(redis, world, account_id, stages)
    except AWAY as error:
        log.warning("home timeline from Postgres: %s", type(error).__name__)
        return None


def _from_redis(redis: Redis, world: World, account_id: int, stages: Stages) -> _Sources:
    with stages.stage("following"):
        followees = following(redis, world, account_id)
    with stages.stage("windows"):
        lists = home_lists(redis, world, account_id)
    with stages.stage("pulls"):
        big = pulled(redis, world.root.id, followees)
        ours = [chronology.pulled(world.id, followees)] if world.is_overlay else []
    return _Sources(followees, lists.windows, big.windows, ours, lists.rebuilt + big.made)


def _from_postgres(
    world: World, account_id: int, before: int | None, limit: int, stages: Stages
) -> _Sources:
    with stages.stage("following"):
        followees = following(None, world, account_id)
    with stages.stage("windows"):
        window = chronology.chronology(world, followees, before or NO_CURSOR, 2 * limit)
    return _Sources(followees, queried=[window])


def _entries(
    world: World, kept: Sequence[Candidate], via: Callable[[int], Via]
) -> tuple[Entry, ...]:
    """What is deleted at this very moment is left out."""
    originals = [c.retweet_of for c in kept if c.retweet_of is not None]
    rows = hydrate(world, [*(c.id for c in kept), *originals])
    return tuple(
        Entry(rows[c.id], None if c.retweet_of is None else rows[c.retweet_of], via(c.id))
        for c in kept
        if c.id in rows and (c.retweet_of is None or c.retweet_of in rows)
    )


def _above(floor: int, windows: Sequence[Window]) -> set[int]:
    return {id for window in windows for id in window.ids[window.ids > np.uint64(floor)].tolist()}
