"""The ladder of levels: the first page that can be had, and why it is not a better one."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import numpy as np
from redis import Redis

from trainer.twitter.errors import NoTimeline, PartFailed
from trainer.twitter.mixer import cache, paging
from trainer.twitter.mixer.answer import RankedEntry
from trainer.twitter.mixer.budget import NAMES
from trainer.twitter.mixer.cache import Answer
from trainer.twitter.mixer.cursors import Chronological, Place, Ranked
from trainer.twitter.mixer.known import Shelf
from trainer.twitter.mixer.listing import make
from trainer.twitter.mixer.query import shunned
from trainer.twitter.mixer.ranked_list import Missing, RankedList
from trainer.twitter.mixer.request import Request
from trainer.twitter.mixer.trace import Trace
from trainer.twitter.mixer.types import CACHED, CHRONOLOGICAL, Level
from trainer.twitter.timelines import pages
from trainer.twitter.timelines.home import HomePage, chronological_home
from trainer.twitter.world.population import Ints

T = TypeVar("T")
EXPIRED = "the list had expired"
LOST = "the list could not be read"
ANEW = "and was made anew"
SINCE = "who was muted since is not known"
GOES_ON = "the list began as the chronological timeline and goes on as it"


@dataclass(frozen=True, eq=False, slots=True)
class Page:
    """`next`: where the next one begins. `trace`: of a list that was ranked just now."""

    entries: tuple[RankedEntry, ...]
    next: Place | None
    level: Level
    reason: str
    made_ms: int
    quality: float
    weights_id: str
    missing: tuple[Missing, ...] = ()
    trace: Trace | None = None


def page_at(request: Request, shelf: Shelf, place: Place | None) -> Page:
    """The page that begins there (None: the first of a new list). Raises NoTimeline."""
    if place is None:
        return _new(request, shelf)
    if isinstance(place, Chronological):
        try:
            return _chronological(request, GOES_ON, before=place.before)
        except PartFailed as error:
            raise NoTimeline(str(error)) from error
    try:
        kept = request.guard("cache", partial(_kept, request, place))
    except PartFailed as error:
        return _new(request, shelf, place.offset, f"{LOST} ({error})")
    if kept is None:
        return _new(request, shelf, place.offset, EXPIRED)
    try:
        return _cut(request, kept, place.token, place.offset, is_new=False)
    except PartFailed as error:
        raise NoTimeline(str(error)) from error


def _new(request: Request, shelf: Shelf, offset: int = 0, preface: str = "") -> Page:
    """Of a list that is made now, by the first level that can be had. `preface`: why it is."""
    token, why = secrets.randbits(64), [preface] if preface else []
    anew = [f"{preface} {ANEW}"] if preface else []
    try:
        ranked, trace = make(request, shelf, anew, partial(_keep, request, token))
        page = _cut(request, ranked, token, offset, is_new=True)
        return replace(page, trace=trace)
    except PartFailed as error:
        why.append(str(error))
    request.reach.give_up()
    try:
        return _chronological(request, "; ".join(why), skipped=offset)
    except PartFailed as error:
        why.append(str(error))
    if offset:  # the last answer was a first page
        raise NoTimeline("; ".join(why))
    return _cached(request, why)


def _keep(request: Request, token: int, ranked: RankedList) -> None:
    """For later pages."""
    cache.keep_list(_redis(request), request.world, request.account_id, token, ranked)


def _kept(request: Request, place: Ranked) -> RankedList | None:
    return cache.ranked_list(_redis(request), request.world, request.account_id, place.token)


def _redis(request: Request) -> Redis:
    if request.reach.asked is None:
        raise PartFailed("Redis is away")
    return request.reach.asked


def _cut(request: Request, ranked: RankedList, token: int, offset: int, *, is_new: bool) -> Page:
    """Who was muted or blocked since the list was made is left out."""
    limit = request.limit

    def read() -> tuple[RankedEntry, ...]:
        hidden = np.empty(0, np.int64) if is_new else _shunned(request)
        return paging.page(request.world, ranked.served, offset, limit, hidden)

    entries = _named(request, "texts", read)
    end = offset + limit
    return Page(
        entries=entries,
        next=Ranked(token, end, ranked.at_ms) if end < len(ranked) else None,
        level=ranked.level,
        reason=ranked.reason,
        made_ms=ranked.made_ms,
        quality=ranked.quality,
        weights_id=request.reading.weights.id,  # a cursor is bound to its weights
        missing=ranked.missing,
    )


def _chronological(
    request: Request, reason: str, before: int | None = None, skipped: int = 0
) -> Page:
    """Below the entry `before`; or from the top, without the first `skipped`."""
    cursor = None if before is None else pages.encode(before)
    limit = min(pages.MOST, skipped + request.limit)

    def read() -> tuple[Ints, HomePage]:
        redis, world, account_id = request.reach.redis, request.world, request.account_id
        home = chronological_home(redis, world, account_id, limit=limit, cursor=cursor)
        return _shunned(request), home

    hidden, home = _named(request, "chronological", read)
    below = pages.decode(home.next_cursor)
    return Page(
        entries=paging.chronological(home.entries[skipped:], hidden),
        next=None if below is None else Chronological(below),
        level=CHRONOLOGICAL,
        reason=reason,
        made_ms=request.now_ms,
        quality=request.quality,
        weights_id=request.reading.weights.id,
    )


def _cached(request: Request, why: list[str]) -> Page:
    """The reader's last answer, without whom they shunned since. Raises NoTimeline."""

    def read() -> Answer | None:
        return cache.last_answer(_redis(request), request.world, request.account_id)

    try:
        answer = _named(request, "cache", read)
    except PartFailed as error:
        raise NoTimeline("; ".join([*why, str(error)])) from error
    if answer is None:
        raise NoTimeline("; ".join([*why, f"{NAMES['cache']}: this reader got none so far"]))
    entries = answer.entries[: request.limit]
    try:
        entries = paging.without(entries, request.guard("shuns", partial(_shunned, request)))
    except PartFailed:
        why.append(SINCE)
    return Page(
        entries=entries,
        next=None,
        level=CACHED,
        reason="; ".join(why),
        made_ms=answer.made_ms,
        quality=request.quality,
        weights_id=answer.weights_id,
    )


def _shunned(request: Request) -> Ints:
    """A base has nobody who mutes."""
    if not request.world.is_overlay:
        return np.empty(0, np.int64)
    return shunned(request.world, request.account_id)


def _named(request: Request, part: str, call: Callable[[], T]) -> T:
    """Guarded, and the failure with the part's name before it."""
    try:
        return request.guard(part, call)
    except PartFailed as error:
        raise PartFailed(f"{NAMES[part]}: {error}") from error
