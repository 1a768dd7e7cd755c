"""Cutting a page from a timeline: only as many entries are looked at as the page needs."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass

from trainer.twitter.errors import BadLimit, UnknownCursor
from trainer.twitter.timelines import candidates
from trainer.twitter.timelines.canonical import Candidate, canonicalise
from trainer.twitter.timelines.chronology import Authors, chronology
from trainer.twitter.timelines.window import Window
from trainer.twitter.tweets import snowflake
from trainer.twitter.world.value import World

MOST = 200
_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class Page:
    """`has_more`: whether an older entry follows; `looked_at`: entries examined for it."""

    kept: list[Candidate]
    has_more: bool
    looked_at: int


def checked_limit(limit: int) -> int:
    """Raises BadLimit unless 1 to MOST."""
    if not 1 <= limit <= MOST:
        raise BadLimit(limit, MOST)
    return limit


def encode(tweet_id: int) -> str:
    """The cursor for what is older than this entry: 11 letters, digits, - and _."""
    return base64.urlsafe_b64encode(tweet_id.to_bytes(_ID_BYTES, "big")).decode().rstrip("=")


def decode(cursor: str | None) -> int | None:
    """The id in a cursor; None for the first page. Raises UnknownCursor."""
    if cursor is None:
        return None
    try:
        tweet_id = int.from_bytes(base64.b64decode(f"{cursor}=", b"-_", validate=True), "big")
    except ValueError:
        raise UnknownCursor(cursor) from None
    if not 0 < tweet_id <= snowflake.GREATEST or encode(tweet_id) != cursor:
        raise UnknownCursor(cursor)
    return tweet_id


def cut(
    world: World, reader: int, following: Authors, window: Window, before: int | None, limit: int
) -> Page:
    """The newest `limit` canonical entries below the id `before`.

    What stands in `window` is used first; below its floor, Postgres is asked.
    """
    followees = frozenset(following.tolist())
    seen: set[int] = set()  # originals of which a newer retweet stands above
    kept: list[Candidate] = []
    looked_at = 0
    for ids in _stretches(world, following, window.before(before), limit + limit // 2 + 1):
        found = candidates.find(world, ids)
        looked_at += len(ids)
        if before is not None:
            open_ = {c.retweet_of for c in found if c.retweet_of is not None} - seen
            seen |= candidates.retweeted_above(world, open_, before, following)
        result = canonicalise(found, reader=reader, following=followees, seen=seen)
        kept += result.kept
        if len(kept) > limit:
            break
    return Page(kept[:limit], len(kept) > limit, looked_at)


def _stretches(world: World, following: Authors, window: Window, size: int) -> Iterator[list[int]]:
    """The ids of the timeline from `window` on down, in pieces that grow: a storm of retweets of
    one tweet is passed in few steps."""
    while True:
        ids = window.ids
        while len(ids):
            yield ids[:size].tolist()
            ids, size = ids[size:], min(2 * size, 4 * MOST)
        if not window.floor:
            return
        window = chronology(world, following, window.floor + 1, size)
