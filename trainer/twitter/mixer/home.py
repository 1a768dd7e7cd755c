"""The home timeline as it is served, by the best level of a ladder that can be had.

Level 0: ranked by the heavy ranker. 1: by the light one alone. 2: chronological. 3: the answer that
the reader got last. Below that an error that says what failed. Every answer names its level, why,
and its age; whatever fails, it comes within the budget.

Levels 2 and 3 leave out whom the reader muted or blocked (3: if that can be read), but not authors
who were marked as not interesting: only the pipeline knows for how long those are hidden.
"""

import time
from contextlib import suppress
from datetime import datetime
from functools import partial

from redis import Redis

from trainer.resilience.breaker import Policy
from trainer.resilience.deadline import Deadline
from trainer.resilience.faults import NONE, Faults
from trainer.twitter.errors import PartFailed
from trainer.twitter.mixer import cache
from trainer.twitter.mixer.answer import HomeTimeline
from trainer.twitter.mixer.budget import BUDGET_S, POLICY
from trainer.twitter.mixer.cache import Answer
from trainer.twitter.mixer.cursors import Reading, decode, encode
from trainer.twitter.mixer.guarding import Guarded
from trainer.twitter.mixer.ladder import Page, page_at
from trainer.twitter.mixer.machine import Machine, of_this_process
from trainer.twitter.mixer.reaching import Reach
from trainer.twitter.mixer.request import Request
from trainer.twitter.mixer.types import CACHED, Sizes, Weights
from trainer.twitter.timelines import pages
from trainer.twitter.world import ids
from trainer.twitter.world.value import World

LIMIT = 50


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
    policy: Policy = POLICY,
) -> HomeTimeline:
    """A page of `limit` (1 to 200) entries of the list that `cursor` stands in; None: of a new one.

    `now`: real time. `faults` strike the parts that they name (budget.PARTS), in this request only.
    `policy`: the breakers' rules; all requests of a world should go by the same.
    Raises UnknownAccount, UnknownCursor, BadLimit, and NoTimeline where every level failed.
    """
    began = time.perf_counter()
    pages.checked_limit(limit)
    reading = Reading(world.id, ids.account_id(account_id), weights)
    place = decode(cursor, reading)
    machine = machine or of_this_process()
    deadline = Deadline(BUDGET_S)
    guard = Guarded(machine.calls, machine.fallback, machine.postgres, deadline, faults, policy)
    try:
        reach = Reach(redis if guard.ask(redis, world) else None)
        quality = machine.quality.factor(world.id)
        shrunk = (sizes or Sizes()).shrunk(quality)
        request = Request(world, reading, limit, now, shrunk, quality, guard, reach)
        page = page_at(request, machine.shelf, place)
        if place is None:
            _keep(request, page)
        return _answer(request, page, began, with_trace=trace)
    finally:
        guard.close(redis, world)
        machine.quality.note(world.id, time.perf_counter() - began)


def _keep(request: Request, page: Page) -> None:
    """For the day when nothing else can be had. What cannot be kept is not."""
    redis = request.reach.asked
    if redis is None or page.level == CACHED:
        return
    answer = Answer(page.entries, page.level, page.made_ms, page.weights_id)
    with suppress(PartFailed):
        request.guard(
            "cache",
            partial(cache.keep_answer, redis, request.world, request.account_id, answer),
        )


def _answer(request: Request, page: Page, began: float, *, with_trace: bool) -> HomeTimeline:
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
