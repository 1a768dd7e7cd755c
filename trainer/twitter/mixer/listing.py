"""Making a ranked list: the home pipeline, with what does its I/O and what it reads in memory."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from trainer.twitter.errors import PartFailed, PipelineFailed
from trainer.twitter.mixer.budget import NAMES
from trainer.twitter.mixer.known import Known, Shelf, of
from trainer.twitter.mixer.parts import CACHE, HEAVY_RANKER, LIGHT_RANKER, Io, home, level_of
from trainer.twitter.mixer.pipeline import Ran, Together, one_by_one
from trainer.twitter.mixer.query import hydrate as hydrate_query
from trainer.twitter.mixer.ranked_list import Missing, RankedList
from trainer.twitter.mixer.reaching import Reach
from trainer.twitter.mixer.request import Request
from trainer.twitter.mixer.sight import Sight
from trainer.twitter.mixer.sources import celebrities, in_network
from trainer.twitter.mixer.trace import Trace
from trainer.twitter.mixer.types import HEAVY, Fetched, Query, Source, Sources
from trainer.twitter.world.value import World

RANKED: Final = "ranked by the heavy ranker"
# Of what is fetched. Half is in-network; few accounts are too big to push, and they post little.
SHARES: Final = {"in_network": 0.46, "celebrities": 0.04, "graph": 0.25, "embeddings": 0.25}


def make(
    request: Request, shelf: Shelf, why: Sequence[str], keep: Callable[[RankedList], None]
) -> tuple[RankedList, Trace]:
    """The list as of now, by the heavy ranker or, without it, the light one; `keep` stores it, as
    the pipeline's last part. `why`: what is to be said first in its reason. Raises PartFailed where
    neither ranked, or a part failed without which there is no list."""
    guard, known = request.guard, _known(request, shelf)
    of(known.snapshot), of(known.rankers)  # without these there is no use in looking any further
    io = replace(
        io_of(request.world, request.reach, Sight(known), guard.together),
        keep=lambda ran: keep(_ranked(request, ran, why)),
    )
    try:
        ran = home(io, request.query, guard)
    except PipelineFailed as error:
        raise PartFailed(_failed(error.part, error.reason)) from error
    return _ranked(request, ran, why), ran.trace


def _ranked(request: Request, ran: Ran, why: Sequence[str]) -> RankedList:
    errors = {part.name: part.error for part in ran.trace.parts if part.error}
    lost = [_failed(part, errors[part]) for part in (HEAVY_RANKER, LIGHT_RANKER) if part in errors]
    level = level_of(ran.trace)
    if level is None:
        raise PartFailed("; ".join(lost))
    return RankedList(
        served=ran.trace.served,
        level=level,
        reason="; ".join([*why, *([RANKED] if level == HEAVY else lost)]),
        missing=_missing(ran),
        quality=request.quality,
        made_ms=request.now_ms,
        at_ms=ran.query.at_ms,
    )


def _known(request: Request, shelf: Shelf) -> Known:
    """Where looking for something newer takes too long, what was known before."""
    try:
        return request.guard("known", partial(shelf.known, request.world))
    except PartFailed as error:
        last = shelf.last(request.world)
        if last is None:
            raise PartFailed(_failed("known", str(error))) from error
        return last


def io_of(world: World, reach: Reach, sight: Sight, together: Together = one_by_one) -> Io:
    """What the pipeline needs to read this world."""

    def hydrated(query: Query) -> Query:
        found = reach.use(lambda redis: hydrate_query(redis, world, query))
        sight.begin(found)
        return found

    def pushed(query: Query, limit: int) -> Fetched:
        return reach.use(lambda redis: in_network.fetch(redis, world, sight.present, query, limit))

    def pulled(query: Query, limit: int) -> Fetched:
        return reach.use(lambda redis: celebrities.fetch(redis, world, query, limit))

    return Io(
        hydrate_query=hydrated,
        sources=(
            _source("in_network", pushed, fails="loud"),
            _source("celebrities", pulled),
            _source("graph", sight.walked, score_as="walk_score"),
            _source("embeddings", sight.near, score_as="similarity"),
        ),
        hydrate=sight.hydrated,
        light=sight.light,
        heavy=sight.heavy,
        clock=time.perf_counter,
        together=together,
    )


def _source(name: str, fetch: Callable[[Query, int], Fetched], **more: Any) -> Source:
    return Source(name, Sources[name.upper()], fetch, SHARES[name], **more)


def _missing(ran: Ran) -> tuple[Missing, ...]:
    """Sources, and parts such as the rankers. This page is no worse where it could not be kept."""
    lost = [(find.source, find.error) for part in ran.trace.parts for find in part.finds]
    lost += [(part.name, part.error) for part in ran.trace.parts if part.name != CACHE]
    return tuple(Missing(name, error) for name, error in lost if error)


def _failed(part: str, why: str) -> str:
    return f"{NAMES.get(part, part)}: {why}"
