"""The home timeline as it is served, by the best level of a ladder that can be had.

Level 0: ranked by the heavy ranker. 1: by the light one alone. 2: chronological. 3: the answer that
the reader got last. Below that an error that says what failed. Every answer names its level, why,
and its age; whatever fails, it comes within the budget.
"""

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

import numpy as np
from redis import Redis

from trainer.resilience.deadline import Deadline
from trainer.resilience.faults import NONE, Faults
from trainer.twitter.errors import NoTimeline, PartFailed
from trainer.twitter.mixer import cache, paging
from trainer.twitter.mixer.answer import HomeTimeline, RankedEntry
from trainer.twitter.mixer.budget import BUDGET_S, NAMES
from trainer.twitter.mixer.cache import Answer
from trainer.twitter.mixer.cursors import Chronological, Place, Ranked, Reading, decode, encode
from trainer.twitter.mixer.guarding import Guarded
from trainer.twitter.mixer.known import Shelf
from trainer.twitter.mixer.listing import make
from trainer.twitter.mixer.machine import Machine, of_this_process
from trainer.twitter.mixer.query import shunned
from trainer.twitter.mixer.ranked_list import Missing, RankedList
from trainer.twitter.mixer.reaching import Reach
from trainer.twitter.mixer.request import Request
from trainer.twitter.mixer.trace import Trace
from trainer.twitter.mixer.types import CACHED, CHRONOLOGICAL, Level, Sizes, Weights
from trainer.twitter.timelines import pages
from trainer.twitter.timelines.home import HomePage, chronological_home
from trainer.twitter.world import ids
from trainer.twitter.world.population import Ints
from trainer.twitter.world.value import World

T = TypeVar("T")
LIMIT = 50
EXPIRED = "the list had expired and was made anew"
SINCE = "who was muted since is not known"
LOST = "the list could not be read and was made anew"
GOES_ON = "the list began as the chronological timeline and goes on as it"


def home_timeline(
    redis: Redis,
    world: World,
    account_id: int,
    *,
    weights: Weights,
    now: datetime,
    faults: Faults = NONE,
    trace: bool = False,
    cursor: str | None = None,
    limit: int = LIMIT,
    sizes: Sizes | None = None,
    machine: Machine | None = None,
) -> HomeTimeline:
    """A page of `limit` (1 to 200) entries of the list that `cursor` stands in; None: of a new one.

    `now`: real time. `faults` strike the parts that they name (budget.PARTS), in this request only.
    Raises UnknownAccount, UnknownCursor, BadLimit, and NoTimeline where every level failed.
    """
    began = time.perf_counter()
    pages.checked_limit(limit)
    reading = Reading(world.id, ids.account_id(account_id), weights)
    place = decode(cursor, reading)
    machine = machine or of_this_process()
    guard = Guarded(machine.calls, machine.fallback, machine.postgres, Deadline(BUDGET_S), faults)
    try:
        reach = Reach(redis if guard.ask(redis, world) else None)
        quality = machine.quality.factor(world.id)
        shrunk = (sizes or Sizes()).shrunk(quality)
        request = Request(world, reading, limit, now, shrunk, quality, guard, reach)
        page = _page(request, machine.shelf, place)
        _keep(request, page, is_first=place is None)
        return _answer(request, page, began, with_trace=trace)
    finally:
        guard.close(redis, world)
        machine.quality.note(world.id, time.perf_counter() - began)


@dataclass(frozen=True, eq=False, slots=True)
class _Page:
    """`next`: where the next one begins. `ranked`, `trace`: of a list that was ranked just now."""

    entries: tuple[RankedEntry, ...]
    next: Place | None
    level: Level
    reason: str
    made_ms: int
    quality: float
    weights_id: str
    missing: tuple[Missing, ...] = ()
    ranked: RankedList | None = None
    trace: Trace | None = None


def _page(request: Request, shelf: Shelf, place: Place | None) -> _Page:
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


def _new(request: Request, shelf: Shelf, offset: int = 0, preface: str = "") -> _Page:
    """Of a list that is made now, by the first level that can be had."""
    why = [preface] if preface else []
    try:
        ranked, trace = make(request, shelf, why)
        page = _cut(request, ranked, secrets.randbits(64), offset, is_new=True)
        return replace(page, ranked=ranked, trace=trace)
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


def _kept(request: Request, place: Ranked) -> RankedList | None:
    redis = request.reach.asked
    if redis is None:
        raise PartFailed("Redis is away")
    return cache.ranked_list(redis, request.world, request.account_id, place.token)


def _cut(request: Request, ranked: RankedList, token: int, offset: int, *, is_new: bool) -> _Page:
    """Who was muted or blocked since the list was made is left out."""
    limit = request.limit

    def read() -> tuple[RankedEntry, ...]:
        hidden = np.empty(0, np.int64) if is_new else _shunned(request)
        return paging.page(request.world, ranked.served, offset, limit, hidden)

    entries = _named(request, "texts", read)
    end = offset + limit
    return _Page(
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
) -> _Page:
    """Below the entry `before`; or from the top, without the first `skipped`."""
    cursor = None if before is None else pages.encode(before)
    limit = min(pages.MOST, skipped + request.limit)

    def read() -> tuple[Ints, HomePage]:
        redis, world, account_id = request.reach.redis, request.world, request.account_id
        home = chronological_home(redis, world, account_id, limit=limit, cursor=cursor)
        return _shunned(request), home

    hidden, home = _named(request, "chronological", read)
    below = pages.decode(home.next_cursor)
    return _Page(
        entries=paging.chronological(home.entries[skipped:], hidden),
        next=None if below is None else Chronological(below),
        level=CHRONOLOGICAL,
        reason=reason,
        made_ms=request.now_ms,
        quality=request.quality,
        weights_id=request.reading.weights.id,
    )


def _cached(request: Request, why: list[str]) -> _Page:
    """The reader's last answer, without whom they shunned since. Raises NoTimeline."""

    def read() -> Answer | None:
        redis = request.reach.asked
        if redis is None:
            raise PartFailed("Redis is away")
        return cache.last_answer(redis, request.world, request.account_id)

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
    return _Page(
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


def _keep(request: Request, page: _Page, *, is_first: bool) -> None:
    """For later pages, and for the day when nothing else can be had. What cannot be kept is not."""
    redis = request.reach.asked
    answer = Answer(page.entries, page.level, page.made_ms, page.weights_id) if is_first else None
    kept = None
    if page.ranked is not None and isinstance(page.next, Ranked):
        kept = page.next.token, page.ranked
    if redis is None or page.level == CACHED or not (answer or kept):
        return
    keep = partial(cache.keep, redis, request.world, request.account_id, answer, kept)
    with suppress(PartFailed):
        request.guard("cache", keep)


def _answer(request: Request, page: _Page, began: float, *, with_trace: bool) -> HomeTimeline:
    return HomeTimeline(
        entries=page.entries,
        next_cursor=None if page.next is None else encode(page.next, request.reading),
        level=page.level,
        reason=page.reason,
        age_s=max(0.0, (request.now_ms - page.made_ms) / 1000),
        missing=page.missing,
        quality=page.quality,
        took_ms=(time.perf_counter() - began) * 1000,
        left_ms=request.guard.deadline.remaining_s * 1000,
        weights_id=page.weights_id,
        stage_ms=request.guard.ms,
        trace=page.trace if with_trace else None,
    )
