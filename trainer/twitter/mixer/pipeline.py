"""Running the parts of the home pipeline one after the other. Pure: what a part does is its own.

`guard(name, call)` stands around every part: it may inject a fault, set a time limit or keep a
breaker, and turns whatever goes wrong into PartFailed, the one error that is known here. What is
none of its business (a bug of ours) goes through.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

import numpy as np

from trainer.twitter.errors import PartFailed, PipelineFailed
from trainer.twitter.mixer.trace import Done, Served, Trace
from trainer.twitter.mixer.types import (
    Candidates,
    Fetched,
    Find,
    Outcome,
    Part,
    Query,
    Source,
)

T = TypeVar("T")
Clock = Callable[[], float]  # seconds, never going back, as time.perf_counter


class Guard(Protocol):
    """What stands around a part. Gives what the call gives, or raises PartFailed."""

    def __call__(self, name: str, call: Callable[[], T], /) -> T: ...


class Together(Protocol):
    """Does independent calls, by name, and gives of each what it gave or why it failed. Never
    raises PartFailed. It guards each of them where that is wanted."""

    def __call__(
        self, calls: Mapping[str, Callable[[], T]], /
    ) -> Mapping[str, "T | PartFailed"]: ...


def unguarded(_name: str, call: Callable[[], T], /) -> T:
    """A Guard that only calls."""
    return call()


def one_by_one(calls: Mapping[str, Callable[[], T]], /) -> Mapping[str, T | PartFailed]:
    """A Together without threads."""
    return {name: _attempt(call) for name, call in calls.items()}


def _attempt(call: Callable[[], T]) -> T | PartFailed:
    try:
        return call()
    except PartFailed as failure:
        return failure


@dataclass(frozen=True, eq=False, slots=True)
class Ran:
    """What a pipeline left. `query`: as hydrated. `failed`: names of the parts and the sources
    that could not be done, and without which it went on."""

    query: Query
    candidates: Candidates
    trace: Trace

    @property
    def failed(self) -> tuple[str, ...]:
        parts = self.trace.parts
        return tuple(
            name
            for part in parts
            for name in (
                *([part.name] if part.error else []),
                *(find.source for find in part.finds if find.error),
            )
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """A part that changes nothing: it does something with what the parts before it left, and may
    look at how that came about. The timeline does not depend on its success."""

    name: str
    do: Callable[[Ran], None]

    def after(self, ran: Ran) -> Part:
        def run(_query: Query, candidates: Candidates) -> Outcome:
            self.do(ran)
            return Outcome(candidates)

        return Part(self.name, run, fails="open")


def run(
    parts: Sequence[Part | Effect],
    query: Query,
    candidates: Candidates | None = None,
    *,
    clock: Clock,
    guard: Guard = unguarded,
) -> Ran:
    """Do the parts in order, beginning with `candidates` (None: with none).

    A part that fails and is open is passed over. Raises PipelineFailed, with the trace up to there,
    where one fails that is loud.
    """
    start = Candidates.found(np.empty(0, np.int64)) if candidates is None else candidates
    ran = Ran(query, start, _trace(query, (), start))
    for one in parts:
        part = one.after(ran) if isinstance(one, Effect) else one
        began = clock()
        failure: PartFailed | None = None
        try:
            outcome = guard(part.name, partial(part.run, ran.query, ran.candidates))
        except PartFailed as error:
            failure, outcome = error, Outcome(ran.candidates)
        ms = (clock() - began) * 1000
        ran = _with(ran, outcome, _done(part, len(ran.candidates), outcome, ms, failure))
        if failure and part.fails == "loud":
            raise PipelineFailed(part.name, str(failure), ran.trace) from failure
    return ran


def _with(ran: Ran, outcome: Outcome, done: Done) -> Ran:
    query = outcome.query or ran.query
    trace = _trace(query, (*ran.trace.parts, done), outcome.candidates)
    return Ran(query, outcome.candidates, trace)


def _done(part: Part, n: int, outcome: Outcome, ms: float, failure: PartFailed | None) -> Done:
    return Done(
        name=part.name,
        count_in=n,
        count_out=len(outcome.candidates),
        ms=ms,
        dropped=tuple(drop for drop in outcome.dropped if len(drop.ids)),
        finds=outcome.finds,
        notes=outcome.notes,
        error=str(failure) if failure else None,
    )


def _trace(query: Query, done: tuple[Done, ...], candidates: Candidates) -> Trace:
    return Trace(
        account_id=query.account_id,
        at_ms=query.at_ms,
        weights_id=query.weights.id,
        weights=query.weights.vector(),
        parts=done,
        served=Served.of(candidates),
    )


def gathering(name: str, sources: Sequence[Source], *, together: Together, clock: Clock) -> Part:
    """The part that asks the sources at once and puts what they found after what was there.

    Fails when a loud source fails, or when every one of them does: a reader is not told that there
    is nothing when nothing could be looked for.
    """

    def gather(query: Query, candidates: Candidates) -> Outcome:
        began, took_ms = clock(), dict[str, float]()
        calls = {one.name: partial(_fetch, one, query, clock, took_ms) for one in sources}
        given = together(calls)
        elapsed_ms = (clock() - began) * 1000  # of those that were given up, as far as is known
        finds = tuple(_find(one, given[one.name], took_ms, elapsed_ms) for one in sources)
        _refuse_without(sources, finds)
        found = [_found(one, given[one.name]) for one in sources]
        return Outcome(Candidates.joined([candidates, *found]), finds=finds)

    return Part(name, gather)


def _fetch(source: Source, query: Query, clock: Clock, took_ms: dict[str, float]) -> Fetched:
    began = clock()
    try:
        limit = round(source.share * query.sizes.fetched)
        fetched = source.fetch(query, limit)
        return replace(fetched, ids=fetched.ids[:limit], score=fetched.score[:limit])
    finally:
        took_ms[source.name] = (clock() - began) * 1000


def _find(
    source: Source, given: Fetched | PartFailed, took_ms: Mapping[str, float], elapsed_ms: float
) -> Find:
    ms = took_ms.get(source.name, elapsed_ms)
    if isinstance(given, PartFailed):
        return Find(source.name, 0, ms, str(given))
    return Find(source.name, len(given.ids), ms)


def _found(source: Source, given: Fetched | PartFailed) -> Candidates:
    if isinstance(given, PartFailed):
        return Candidates.found(np.empty(0, np.int64))
    scores = {source.score_as: given.score} if source.score_as else {}
    return Candidates.found(given.ids, source.bit, **scores)


def _refuse_without(sources: Sequence[Source], finds: Sequence[Find]) -> None:
    failed = [(one, find) for one, find in zip(sources, finds, strict=True) if find.error]
    if len(failed) == len(sources) or any(one.fails == "loud" for one, _ in failed):
        raise PartFailed("; ".join(f"{one.name}: {find.error}" for one, find in failed))
