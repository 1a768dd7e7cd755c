"""The same candidates ranked several times, each time by other weights or sizes."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from trainer.lib import clock
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.errors import PartFailed
from trainer.twitter.mixer.answer import RankedEntry
from trainer.twitter.mixer.listing import io_of
from trainer.twitter.mixer.machine import of_this_process
from trainer.twitter.mixer.paging import page
from trainer.twitter.mixer.parts import LIGHT_RANKER, home_parts, level_of
from trainer.twitter.mixer.pipeline import Ran, run
from trainer.twitter.mixer.reaching import Reach
from trainer.twitter.mixer.sight import Sight
from trainer.twitter.mixer.trace import Trace
from trainer.twitter.mixer.types import HEAVY, Part, Query, Sizes, Weights
from trainer.twitter.world.value import World


@dataclass(frozen=True, slots=True)
class Variant:
    weights: Weights
    sizes: Sizes = field(default_factory=Sizes)


@dataclass(frozen=True, eq=False, slots=True)
class Reranked:
    """`entries`: all that would be served, in their order. `trace`: of the parts from the light
    ranker on."""

    entries: tuple[RankedEntry, ...]
    trace: Trace


def rerank(
    world: World, account_id: int, variants: Mapping[str, Variant]
) -> Mapping[str, Reranked]:
    """What the account would be served by each variant, by its name. The sources are asked once, by
    the usual sizes, so that nothing but the variant makes a difference; nothing is kept.

    Raises PartFailed and PipelineFailed where it cannot be done, and without the heavy ranker.
    """
    known = of_this_process().shelf.known(world)
    io = io_of(world, Reach(rebuildable()), Sight(known))
    parts = [part for part in home_parts(io) if isinstance(part, Part)]
    first = next(n for n, part in enumerate(parts) if part.name == LIGHT_RANKER)
    at_ms = int(world.now(clock.now()).timestamp() * 1000)
    bare = Query(account_id, at_ms, Weights("none", {}), np.empty(0, np.int64))
    found = run(parts[:first], bare, clock=time.perf_counter)
    return {name: _ranked(world, parts[first:], found, one) for name, one in variants.items()}


def _ranked(world: World, parts: Sequence[Part], found: Ran, variant: Variant) -> Reranked:
    query = replace(found.query, weights=variant.weights, sizes=variant.sizes)
    trace = run(parts, query, found.candidates, clock=time.perf_counter).trace
    if level_of(trace) != HEAVY:
        raise PartFailed("; ".join(part.error for part in trace.parts if part.error))
    nobody = np.empty(0, np.int64)
    return Reranked(page(world, trace.served, 0, len(trace.served.ids), nobody), trace)
