"""`bench home`: the ranked timeline of readers with 750 in-network candidates, warm, on the default
world, against the naive way; and the rankers against their bare matrix products.

Ours reads an overlay, as the product does, with all that a request does: breakers, limits, texts,
what is kept for later pages. Only the quality factor stays at 1, so that each does the whole work.
"""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import cycle, islice, takewhile

import numpy as np

from trainer.lib import clock
from trainer.lib.benchmark import (
    Bench,
    CannotMeasure,
    Result,
    Row,
    Spread,
    interleaved,
    percentile,
    spread,
    whole,
)
from trainer.resilience.quality import Quality
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.benches.home_naive import NaiveMixer, Shown
from trainer.twitter.benches.home_rankers import measured
from trainer.twitter.errors import PartFailed, UnknownBase, WorldNotReady
from trainer.twitter.mixer.answer import HomeTimeline
from trainer.twitter.mixer.home import home_timeline
from trainer.twitter.mixer.known import Known, Shelf, of
from trainer.twitter.mixer.listing import io_of
from trainer.twitter.mixer.machine import Machine
from trainer.twitter.mixer.parts import LIGHT_RANKER, home_parts
from trainer.twitter.mixer.pipeline import run as run_parts
from trainer.twitter.mixer.reaching import Reach
from trainer.twitter.mixer.sight import Sight
from trainer.twitter.mixer.trace import Trace
from trainer.twitter.mixer.types import HEAVY, Query, Weights
from trainer.twitter.world import overlays
from trainer.twitter.world.models import Account
from trainer.twitter.world.value import World

LIMIT = 50
READS = 40  # a round, of each way
CONCURRENT = 8
READERS = 20
LOOKED_AT = 600  # those who follow most, among whom the readers are looked for
IN_NETWORK = 750
CLOSE = 1e-3  # relative: float32 against Python's float64, through a network
NEVER_S = 3_600.0
GUIDE_CPU_S = 220
NOBODY = np.empty(0, np.int64)
NAMES = {
    "ours": "ours, 1 reader",
    "ours_8": f"ours, {CONCURRENT} at once",
    "naive": "naive, 1 reader",
}
# Any would do: what is measured does not depend on them.
WEIGHTS = Weights("bench", {"like": 1.0, "retweet": 2.0, "reply": 27.0, "profile_click": 24.0})


@dataclass(eq=False)
class Arena:
    """What is read: an overlay, its readers, and the two ways. `answers`: ours, of all rounds."""

    world: World
    known: Known
    machine: Machine
    mixer: NaiveMixer
    readers: Sequence[int] = ()
    answers: list[HomeTimeline] = field(default_factory=list)

    def ours(self, account_id: int, now: datetime | None = None) -> HomeTimeline:
        """Raises CannotMeasure unless the heavy ranker ranked, with all sources."""
        answer = home_timeline(
            rebuildable(),
            self.world,
            account_id,
            weights=WEIGHTS,
            now=now or clock.now(),
            trace=True,
            limit=LIMIT,
            machine=self.machine,
        )
        if answer.level != HEAVY or answer.missing:
            why = "; ".join([answer.reason, *(f"{one.part}: {one.why}" for one in answer.missing)])
            raise CannotMeasure(f"A timeline of level {answer.level} came ({why}).")
        return answer

    def naive(self, account_id: int, now: datetime | None = None) -> Shown:
        at_ms = int(self.world.now(now or clock.now()).timestamp() * 1000)
        return self.mixer.page(Query(account_id, at_ms, WEIGHTS, NOBODY), LIMIT)

    def turns(self, reads: int) -> Iterator[int]:
        """`reads` readers, one after the other and again."""
        return islice(cycle(self.readers), reads)


@contextmanager
def _arena() -> Iterator[Arena]:
    try:
        base = overlays.get_base("default")
        known = Shelf().known(base)
        for thing in (known.snapshot, known.graph, known.vectors, known.rankers):
            of(thing)
    except (UnknownBase, WorldNotReady, PartFailed) as error:
        raise CannotMeasure(str(error)) from error
    world = overlays.create_overlay(base, now=clock.now())
    try:
        machine = Machine(quality=Quality(NEVER_S))
        yield Arena(world, known, machine, NaiveMixer(rebuildable(), world, known))
    finally:
        overlays.drop_overlay(rebuildable(), world)


def _readers(arena: Arena) -> list[int]:
    """The first of those who follow most that have 750 in-network candidates, and of whom both ways
    make the same list. Where rounding decides between two equals, a reader is passed over."""
    base_id = arena.world.root.id
    most = Account.objects.filter(world_id=base_id).order_by("-following_count", "id")
    found, unequal = list[int](), 0
    for account_id in most.values_list("id", flat=True)[:LOOKED_AT]:
        now = clock.now()
        arena.ours(account_id, now)  # once cold: lists are rebuilt, columns mapped
        ours = arena.ours(account_id, now)
        if _in_network(ours) < IN_NETWORK:
            continue
        if _agree(ours, arena.naive(account_id, now)):
            found.append(account_id)
        else:
            unequal += 1
        if unequal > READERS // 4:
            raise CannotMeasure("The two ways make different lists: nothing to compare.")
        if len(found) == READERS:
            return found
    raise CannotMeasure(f"{len(found)} readers have {IN_NETWORK} in-network candidates: too few.")


def _in_network(answer: HomeTimeline) -> int:
    finds = [find for part in _trace(answer).parts for find in part.finds]
    return sum(find.count for find in finds if find.source in ("in_network", "celebrities"))


def _agree(ours: HomeTimeline, naive: Shown) -> bool:
    """The same ids in the same order, with the same scores; and a first page of the same texts."""
    one, other = _trace(ours).served, naive.served
    if not np.array_equal(one.ids, other.ids) or not np.allclose(one.score, other.score, CLOSE):
        return False
    texts = [(e.tweet.id, e.tweet.handle, (e.original or e.tweet).text) for e in ours.entries]
    return texts == [(row[0], row[7], row[6]) for row in naive.page]


def _trace(answer: HomeTimeline) -> Trace:
    if answer.trace is None:
        raise CannotMeasure("An answer came without its trace.")
    return answer.trace


def run(options: Namespace) -> Result:
    """Raises CannotMeasure where the world or an artefact is missing, or the ways disagree."""
    with _arena() as arena:
        arena.readers = _readers(arena)
        taken: dict[str, list[list[float]]] = {"ours": [], "ours_8": [], "naive": []}
        cpu_s: list[float] = []

        def ours(reads: int) -> list[float]:
            began = time.process_time()
            found = [
                _ms(lambda id: arena.answers.append(arena.ours(id)), id)
                for id in arena.turns(reads)
            ]
            cpu_s.append((time.process_time() - began) / reads)
            return found

        def ours_8(reads: int) -> list[float]:
            with ThreadPoolExecutor(CONCURRENT) as pool:
                return list(pool.map(partial(_ms, arena.ours), arena.turns(2 * reads)))

        def naive(reads: int) -> list[float]:
            return [_ms(arena.naive, id) for id in arena.turns(reads)]

        def one_round(name: str, way: Callable[[int], list[float]]) -> float:
            taken[name].append(way(options.reads))
            return percentile(taken[name][-1], 50)

        ways = {"ours": ours, "ours_8": ours_8, "naive": naive}
        p50 = interleaved(
            {name: partial(one_round, name, way) for name, way in ways.items()}, options.rounds
        )
        p99 = {name: spread([percentile(one, 99) for one in taken[name]]) for name in ways}
        return _result(arena, p50, p99, spread(cpu_s), _rankers(arena, options.rounds))


def _ms(way: Callable[[int], object], account_id: int) -> float:
    started = time.perf_counter()
    way(account_id)
    return (time.perf_counter() - started) * 1000


def _rankers(arena: Arena, rounds: int) -> Mapping[str, Spread]:
    """On the first reader's candidates, as they come to the light ranker."""
    sight = Sight(arena.known)
    io = io_of(arena.world, Reach(rebuildable()), sight)
    at_ms = int(arena.world.now(clock.now()).timestamp() * 1000)
    bare = Query(arena.readers[0], at_ms, WEIGHTS, NOBODY)
    parts = takewhile(lambda part: part.name != LIGHT_RANKER, home_parts(io))
    ran = run_parts(tuple(parts), bare, clock=time.perf_counter)
    return measured(sight, ran.query, ran.candidates, rounds)


def _result(
    arena: Arena,
    p50: Mapping[str, Spread],
    p99: Mapping[str, Spread],
    cpu_s: Spread,
    rankers: Mapping[str, Spread],
) -> Result:
    names = list(arena.answers[0].stage_ms)
    stages = {
        name: [answer.stage_ms[name] for answer in arena.answers if name in answer.stage_ms]
        for name in names
    }
    return Result(
        ratios={
            "p50_vs_naive": p50["ours"].median / p50["naive"].median,
            "p99_vs_naive": p99["ours"].median / p99["naive"].median,
            "light_vs_matmul": rankers["light"].median / rankers["light_matmul"].median,
            "heavy_vs_matmul": rankers["heavy"].median / rankers["heavy_matmul"].median,
        },
        figures={f"{name}_p50_ms": value.median for name, value in p50.items()}
        | {f"{name}_p99_ms": value.median for name, value in p99.items()}
        | {f"{_plain(name)}_p50_ms": percentile(ms, 50) for name, ms in stages.items()}
        | {f"{_plain(name)}_p99_ms": percentile(ms, 99) for name, ms in stages.items()}
        | {f"{name}_us": value.median for name, value in rankers.items()}
        | {"cpu_s_per_request": cpu_s.median},
        rows=[
            *(Row(f"{NAMES[name]}, p50", "ms", value) for name, value in p50.items()),
            *(Row(f"{NAMES[name]}, p99", "ms", value) for name, value in p99.items()),
            *(Row(f"stage {name}, every read", "ms", spread(ms)) for name, ms in stages.items()),
            *(Row(f"ranker: {_spaced(name)}", "us", value) for name, value in rankers.items()),
            Row("processor time a request, this process", "s", cpu_s),
        ],
        lines=[
            f"One such request takes {cpu_s.median * 1000:.0f} ms of this process's processors; the"
            f" servers' come on top. The guide says {GUIDE_CPU_S} CPU-seconds (cited; of a far"
            " larger pipeline).",
            _funnel(arena.answers[-1]),
        ],
    )


def _plain(name: str) -> str:
    return name.replace(" ", "_")


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _funnel(answer: HomeTimeline) -> str:
    """How many candidates stood after the parts that cut."""
    steps = [
        f"{part.name} {part.count_out:,}"
        for part in _trace(answer).parts
        if part.drops() or part.finds
    ]
    return "One such request: " + ", ".join(steps) + "."


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--reads", type=whole, default=READS, help=f"a round; default: {READS}")


BENCH = Bench(
    help="a ranked page of the home timeline, against one query and Python loops",
    run=run,
    add_arguments=_add_arguments,
)
