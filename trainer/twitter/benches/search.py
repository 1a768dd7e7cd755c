"""Search: from posting to being found, and how long a query takes."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence

from trainer.lib.benchmark import (
    Bench,
    CannotMeasure,
    Result,
    Row,
    interleaved,
    percentile,
    spread,
    whole,
)
from trainer.twitter.benches.search_delivery import Delivered, deliver
from trainer.twitter.benches.search_queries import KINDS, Timed, after_load
from trainer.twitter.benches.search_world import overlay, throwaway
from trainer.twitter.search.journeys import Journey
from trainer.twitter.search.selectors import Order
from trainer.twitter.world.value import World

LEAST_DOCUMENTS = 20_000
STAGES = ("queued_ms", "prepared_ms", "indexed_ms", "visible_ms")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--documents", type=whole, default=200_000, help="default: 200000")
    parser.add_argument("--rate", type=float, default=50.0, help="tweets a second (default: 50)")
    parser.add_argument("--seconds", type=float, default=15.0, help="of posting (default: 15)")


def run(options: Namespace) -> Result:
    """Both measurements on a world of `documents` tweets, which is removed afterwards.

    Raises CannotMeasure.
    """
    if options.documents < LEAST_DOCUMENTS or options.rate <= 0 or options.seconds <= 0:
        raise CannotMeasure(
            f"Give {LEAST_DOCUMENTS:,} documents or more, and a rate and seconds above 0."
        )
    with throwaway(options.documents) as base:
        with overlay(base) as world:
            delivered = deliver(world, options.rate, options.seconds)
        timed = Timed(base)
        spreads = interleaved(timed.cases(), options.rounds)
        loads = _loads(base, options.rounds)
    figures = _delivery_figures(delivered) | _query_figures(timed) | loads
    rare, like = spreads["rare recency"].median, spreads["rare ILIKE"].median
    ratios = {
        "query_vs_like_scan": like / rare,
        "query_after_load_vs_fastupdate": loads["query_after_load_fastupdate_on_ms"]
        / loads["query_after_load_ms"],
    }
    rows = [*_delivery_rows(delivered, options.rounds)]
    rows += [Row(f"query: {name}", "ms", found) for name, found in spreads.items()]
    return Result(ratios, figures, rows, _lines(options, delivered))


def _lines(options: Namespace, delivered: Delivered) -> Sequence[str]:
    return (
        f"{options.documents:,} documents; {len(delivered.journeys)} tweets posted at"
        f" {delivered.rate:.1f}/s to two workers that serve the other consumers too;"
        f" {len(delivered.found_ms)} of them were searched for until found.",
        "Ratios say how many times faster than the other way.",
    )


def _delivery_figures(delivered: Delivered) -> dict[str, float]:
    totals = [_total(made) for made in delivered.journeys]
    figures = {
        "posts_per_s": delivered.rate,
        "post_to_searchable_p50_ms": percentile(totals, 50),
        "post_to_searchable_p99_ms": percentile(totals, 99),
        "post_to_found_p50_ms": percentile(delivered.found_ms, 50),
        "post_to_found_p99_ms": percentile(delivered.found_ms, 99),
    }
    for stage in STAGES:
        taken = [getattr(made, stage) for made in delivered.journeys]
        for percent in (50, 99):
            figures[f"stage_{stage.removesuffix('_ms')}_p{percent}_ms"] = percentile(taken, percent)
    return figures


def _delivery_rows(delivered: Delivered, segments: int) -> Iterator[Row]:
    """A row's spread is over the segments of the time of posting."""
    size = max(1, len(delivered.journeys) // segments)
    parts = [
        [_total(made) for made in delivered.journeys[start : start + size]]
        for start in range(0, size * segments, size)
    ]
    for percent in (50, 99):
        name = f"post to searchable, p{percent}"
        yield Row(name, "ms", spread([percentile(part, percent) for part in parts if part]))


def _query_figures(timed: Timed) -> dict[str, float]:
    every = [ms for name, taken in timed.ms.items() if "ILIKE" not in name for ms in taken]
    figures = {"query_p50_ms": percentile(every, 50), "query_p99_ms": percentile(every, 99)}
    for kind in KINDS:
        for order in Order:
            for percent in (50, 99):
                name = f"query_{kind}_{order}_p{percent}_ms"
                figures[name] = percentile(timed.ms[f"{kind} {order}"], percent)
    return figures


def _loads(world: World, rounds: int) -> dict[str, float]:
    off: list[float] = []
    on: list[float] = []
    rates = interleaved(
        {
            "off": lambda: after_load(world, "off", off),
            "on": lambda: after_load(world, "on", on),
        },
        rounds,
    )
    return {
        "index_documents_per_s": rates["off"].median,
        "index_fastupdate_on_documents_per_s": rates["on"].median,
        "query_after_load_ms": percentile(off, 50),
        "query_after_load_fastupdate_on_ms": percentile(on, 50),
    }


def _total(made: Journey) -> float:
    """Only asked of those that are searchable."""
    return made.total_ms or 0.0


BENCH = Bench(
    help="from posting to being found through the workers, and queries over many documents",
    run=run,
    add_arguments=_arguments,
)
