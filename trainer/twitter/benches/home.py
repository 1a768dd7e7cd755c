"""`bench home`: the ranked timeline of readers with 750 in-network candidates, warm, on the default
world, against the naive way; and the rankers against their bare matrix products.

Ours reads an overlay, as the product does, with all that a request does: breakers, limits, texts,
what is kept for later pages. Only the quality factor stays at 1, so that each does the whole work.
"""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import takewhile

from trainer.lib import clock
from trainer.lib.benchmark import (
    Bench,
    Result,
    Row,
    Spread,
    interleaved,
    percentile,
    spread,
    whole,
)
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.benches.home_arena import NOBODY, WEIGHTS, Arena, arena, is_whole, trace_of
from trainer.twitter.benches.home_rankers import measured
from trainer.twitter.mixer.answer import HomeTimeline
from trainer.twitter.mixer.filters import DUPLICATES, FILTERS
from trainer.twitter.mixer.listing import io_of
from trainer.twitter.mixer.parts import LIGHT_RANKER, home_parts
from trainer.twitter.mixer.pipeline import run as run_parts
from trainer.twitter.mixer.reaching import Reach
from trainer.twitter.mixer.rescoring import RESCORING
from trainer.twitter.mixer.sight import Sight
from trainer.twitter.mixer.types import Query

READS = 40  # a round, of each way
CONCURRENT = 8
GUIDE_CPU_S = 220
NAMES = {
    "ours": "ours, 1 reader",
    "ours_8": f"ours, {CONCURRENT} at once",
    "naive": "naive, 1 reader",
}


def run(options: Namespace) -> Result:
    """Raises CannotMeasure where the world or an artefact is missing, or the ways disagree."""
    with arena() as here:
        taken: dict[str, list[list[float]]] = {"ours": [], "ours_8": [], "naive": []}
        cpu_s: list[float] = []

        def ours(reads: int) -> list[float]:
            began = time.process_time()
            found = [
                _ms(lambda id: here.answers.append(here.whole(id)), id) for id in here.turns(reads)
            ]
            cpu_s.append((time.process_time() - began) / reads)
            return found

        def ours_8(reads: int) -> list[float]:
            with ThreadPoolExecutor(CONCURRENT) as pool:
                way = partial(_ms, lambda id: here.at_once.append(here.ours(id)))
                return list(pool.map(way, here.turns(2 * reads)))

        def naive(reads: int) -> list[float]:
            return [_ms(here.naive, id) for id in here.turns(reads)]

        def one_round(name: str, way: Callable[[int], list[float]]) -> float:
            taken[name].append(way(options.reads))
            return percentile(taken[name][-1], 50)

        ways = {"ours": ours, "ours_8": ours_8, "naive": naive}
        p50 = interleaved(
            {name: partial(one_round, name, way) for name, way in ways.items()}, options.rounds
        )
        p99 = {name: spread([percentile(one, 99) for one in taken[name]]) for name in ways}
        return _result(here, p50, p99, spread(cpu_s), _rankers(here, options.rounds))


def _ms(way: Callable[[int], object], account_id: int) -> float:
    started = time.perf_counter()
    way(account_id)
    return (time.perf_counter() - started) * 1000


def _rankers(here: Arena, rounds: int) -> Mapping[str, Spread]:
    """On the first reader's candidates, as they come to the light ranker."""
    sight = Sight(here.known)
    io = io_of(here.world, Reach(rebuildable()), sight)
    at_ms = int(here.world.now(clock.now()).timestamp() * 1000)
    bare = Query(here.readers[0], at_ms, WEIGHTS, NOBODY)
    parts = takewhile(lambda part: part.name != LIGHT_RANKER, home_parts(io))
    ran = run_parts(tuple(parts), bare, clock=time.perf_counter)
    return measured(sight, ran.query, ran.candidates, rounds)


def _result(
    here: Arena,
    p50: Mapping[str, Spread],
    p99: Mapping[str, Spread],
    cpu_s: Spread,
    rankers: Mapping[str, Spread],
) -> Result:
    stages = _stages(here.answers)
    return Result(
        ratios={
            "p50_vs_naive": p50["ours"].median / p50["naive"].median,
            "p99_vs_naive": p99["ours"].median / p99["naive"].median,
            "light_vs_matmul": rankers["light"].median / rankers["light_matmul"].median,
            "heavy_vs_matmul": rankers["heavy"].median / rankers["heavy_matmul"].median,
        },
        figures={f"{name}_p50_ms": value.median for name, value in p50.items()}
        | {f"{name}_p99_ms": value.median for name, value in p99.items()}
        | {f"{name}_p50_ms": percentile(ms, 50) for name, ms in stages.items()}
        | {f"{name}_p99_ms": percentile(ms, 99) for name, ms in stages.items()}
        | {f"{name}_us": value.median for name, value in rankers.items()}
        | {"cpu_s_per_request": cpu_s.median}
        | {"whole_at_once_share": sum(map(is_whole, here.at_once)) / len(here.at_once)},
        rows=[
            *(Row(f"{NAMES[name]}, p50", "ms", value) for name, value in p50.items()),
            *(Row(f"{NAMES[name]}, p99", "ms", value) for name, value in p99.items()),
            *(Row(f"stage {name}, every read", "ms", spread(ms)) for name, ms in stages.items()),
            *(Row(f"ranker: {_spaced(name)}", "us", value) for name, value in rankers.items()),
            Row("processor time a request, this process", "s", cpu_s),
        ],
        lines=[
            _funnel(here.answers[-1]),
            f"Of {len(here.at_once):,} timelines for {CONCURRENT} readers at once"
            f" {sum(map(is_whole, here.at_once)):,} were of level 0 with all sources.",
            f"One such request takes {cpu_s.median:.3f} CPU-seconds of this process (measured),"
            f" and the servers' on top. The guide says {GUIDE_CPU_S} (cited; of a far larger one).",
        ],
    )


def _stages(answers: Sequence[HomeTimeline]) -> dict[str, list[float]]:
    """Milliseconds by stage, of each read. The filters, which take next to nothing, count as one,
    and so do the factors."""
    together = {part.name: "filters" for part in (*FILTERS, DUPLICATES)}
    together |= {part.name: "rescoring" for part in RESCORING}
    stages: dict[str, list[float]] = {}
    for answer in answers:
        of_one: dict[str, float] = {}
        for part, ms in answer.stage_ms.items():
            stage = together.get(part, part)
            of_one[stage] = of_one.get(stage, 0.0) + ms
        for stage, ms in of_one.items():
            stages.setdefault(stage, []).append(ms)
    return stages


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _funnel(answer: HomeTimeline) -> str:
    """How many candidates stood after the parts that cut."""
    steps = [
        f"{part.name} {part.count_out:,}"
        for part in trace_of(answer).parts
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
