"""`bench read`: a page of 50 from 500 followees, 20 of them celebrities, against the naive way.

On a world of its own that is removed at the end. Ours reads an overlay, as the product does.
"""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from functools import partial

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
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.benches.read_naive import NaiveReader, Shown
from trainer.twitter.benches.read_world import CELEBRITIES, throwaway
from trainer.twitter.timelines.home import HomePage, chronological_home
from trainer.twitter.world.value import World

LIMIT = 50
READS = 200  # a round


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--reads", type=whole, default=READS, help=f"a round; default: {READS}")


def run(options: Namespace) -> Result:
    """Raises CannotMeasure when the two ways do not show the same."""
    with throwaway() as (world, accounts):
        celebrities = range(1, CELEBRITIES + 1)
        naive = [NaiveReader(rebuildable(), world, id, celebrities) for id in accounts]
        try:
            return _measured(world, naive, options)
        finally:
            for reader in naive:
                reader.remove()


def _measured(world: World, naive: Sequence[NaiveReader], options: Namespace) -> Result:
    stages: list[Mapping[str, float]] = []

    def ours(reader: NaiveReader) -> HomePage:
        page = chronological_home(rebuildable(), world, reader.account_id, limit=LIMIT)
        stages.append(page.stage_ms)
        return page

    for reader in naive:
        page = ours(reader)
        _assert_equal(page, reader.page(LIMIT))
    stages.clear()
    ways: dict[str, Callable[[NaiveReader], object]] = {
        "ours": ours,
        "naive": lambda reader: reader.page(LIMIT),
    }
    taken: dict[str, list[list[float]]] = {name: [] for name in ways}

    def one_round(name: str) -> float:
        taken[name].append([_ms(ways[name], naive[n % len(naive)]) for n in range(options.reads)])
        return percentile(taken[name][-1], 50)

    p50 = interleaved({name: partial(one_round, name) for name in ways}, options.rounds)
    p99 = {name: spread([percentile(one, 99) for one in taken[name]]) for name in ways}
    return _result(p50, p99, stages, page.counts)


def _ms(way: Callable[[NaiveReader], object], reader: NaiveReader) -> float:
    started = time.perf_counter()
    way(reader)
    return (time.perf_counter() - started) * 1000


def _assert_equal(page: HomePage, expected: Sequence[Shown]) -> None:
    shown = [
        (
            entry.tweet.id,
            entry.tweet.handle,
            entry.tweet.text,
            entry.original and entry.original.handle,
            entry.original and entry.original.text,
        )
        for entry in page.entries
    ]
    if shown != list(expected) or len(shown) != LIMIT or page.source != "redis":
        raise CannotMeasure("The two ways show different pages: nothing to compare.")


def _result(
    p50: Mapping[str, Spread],
    p99: Mapping[str, Spread],
    reads: Sequence[Mapping[str, float]],
    counts: Mapping[str, int],
) -> Result:
    stages = {stage: spread([read[stage] for read in reads]) for stage in reads[0]}
    return Result(
        ratios={
            "p50_vs_naive": p50["ours"].median / p50["naive"].median,
            "p99_vs_naive": p99["ours"].median / p99["naive"].median,
        },
        figures={f"{name}_p50_ms": value.median for name, value in p50.items()}
        | {f"{name}_p99_ms": value.median for name, value in p99.items()}
        | {f"{stage}_p50_ms": value.median for stage, value in stages.items()},
        rows=[
            *(Row(f"{name}, p50", "ms", value) for name, value in p50.items()),
            *(Row(f"{name}, p99", "ms", value) for name, value in p99.items()),
            *(Row(f"stage {stage}, every read", "ms", value) for stage, value in stages.items()),
        ],
        lines=[
            "One such page: "
            + ", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in counts.items())
            + "."
        ],
    )


BENCH = Bench(
    help="a page of the home timeline, against fetching and loading every list whole",
    run=run,
    add_arguments=_add_arguments,
)
