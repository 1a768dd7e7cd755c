"""The home pipeline, to be read from the top. Pure: what does I/O is passed in.

Degrading needs no second pipeline. The rankers are open: without the heavy one the light one's
scores stand (level 1). Without both the trace says no level, as nothing was ranked: who runs the
pipeline serves another timeline then. Where a loud part fails there is no list at all.

The side effect is to keep the list, which later pages are cut from. (The last answer is kept where
it is made, in home.py: it needs the texts of the page.)
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from trainer.twitter.mixer.cuts import CUT
from trainer.twitter.mixer.dedupe import DEDUPE
from trainer.twitter.mixer.filters import DUPLICATES, FILTERS
from trainer.twitter.mixer.pipeline import (
    Clock,
    Effect,
    Guard,
    Ran,
    Together,
    gathering,
    one_by_one,
    run,
    unguarded,
)
from trainer.twitter.mixer.rescoring import RESCORING
from trainer.twitter.mixer.scoring import Chances, ranker
from trainer.twitter.mixer.selectors import SELECT
from trainer.twitter.mixer.trace import Trace
from trainer.twitter.mixer.types import (
    HEAVY,
    LIGHT,
    Candidates,
    Level,
    Outcome,
    Part,
    Query,
    Run,
    Source,
)

# Names of the parts that do more than reckon: budgets, breakers, faults and the ladder go by them.
QUERY, SOURCES, HYDRATE = "query", "sources", "hydrate"
LIGHT_RANKER, HEAVY_RANKER = "light", "heavy"
CACHE = "cache"


def forget(_ran: Ran) -> None:
    """Keep nothing."""


@dataclass(frozen=True, eq=False, slots=True)
class Io:
    """What the pipeline cannot do by itself.

    `hydrate_query`: fills in what is known of the reader. `hydrate`: fills in the columns of
    candidates of which only the id and what the sources say is known, and drops those that are
    nowhere to be found. `light`, `heavy`: chances (n, 6). `keep`: stores what is served, with how
    it came about, for later pages.
    """

    hydrate_query: Callable[[Query], Query]
    sources: tuple[Source, ...]
    hydrate: Run
    light: Chances
    heavy: Chances
    clock: Clock  # seconds, monotonic
    keep: Callable[[Ran], None] = forget
    together: Together = one_by_one


def home_parts(io: Io) -> tuple[Part | Effect, ...]:
    """From a bare query (who, when, weights, sizes) to what is served, in its order, and kept."""
    return (
        _query_hydration(io),
        gathering(SOURCES, io.sources, together=io.together, clock=io.clock),
        DEDUPE,
        Part(HYDRATE, io.hydrate),
        *FILTERS,
        ranker(LIGHT_RANKER, io.light),
        DUPLICATES,
        CUT,
        ranker(HEAVY_RANKER, io.heavy),
        *RESCORING,
        SELECT,
        Effect(CACHE, io.keep),
    )


def home(io: Io, query: Query, guard: Guard = unguarded) -> Ran:
    """Run it. The trace says the level that was reached. Raises PipelineFailed."""
    ran = run(home_parts(io), query, clock=io.clock, guard=guard)
    return replace(ran, trace=replace(ran.trace, level=level_of(ran.trace)))


def level_of(trace: Trace) -> Level | None:
    """0: the heavy ranker scored; 1: only the light one; None: neither."""
    done = {part.name for part in trace.parts if not part.error}
    if HEAVY_RANKER in done:
        return HEAVY
    return LIGHT if LIGHT_RANKER in done else None


def _query_hydration(io: Io) -> Part:
    def hydrate(query: Query, candidates: Candidates) -> Outcome:
        return Outcome(candidates, query=io.hydrate_query(query))

    return Part(QUERY, hydrate)
