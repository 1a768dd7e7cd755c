"""`bench trends`: how fast terms are counted, and what reading the top 10 costs.

On the default world, in an overlay of its own that is dropped at the end. The consumers are called
as the outbox calls them, a batch in a transaction, without the outbox's own claim and delete.
"""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence

from django.db import connection, transaction

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
from trainer.twitter.benches.trends_ground import Ground, job, prepared
from trainer.twitter.benches.trends_rivals import one_by_one, recount
from trainer.twitter.consumers import BATCH
from trainer.twitter.discovery import affinity
from trainer.twitter.outbox import Consumer, Event, Job
from trainer.twitter.trends import counting, selectors
from trainer.twitter.trends.rules import RULES

TWEETS = 4_000  # a burst: ten times what the default world posts in an hour
READS = 100


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--world", default="default", help="a base world's name")
    parser.add_argument("--tweets", type=whole, default=TWEETS, help=f"default: {TWEETS}")


def run(options: Namespace) -> Result:
    """Raises CannotMeasure where there is no such world."""
    with prepared(options.world, options.tweets) as ground:
        rates = interleaved(
            {
                "count, by batch": lambda: _rate(ground.posted, counting.handle, ground),
                "count, one by one": lambda: _rate(ground.posted, one_by_one, ground),
                "retract": lambda: _retract_rate(ground),
                "interactions": lambda: _rate(ground.engaged, affinity.handle, ground),
            },
            options.rounds,
        )
        _rate(ground.posted, counting.handle, ground)
        return _result(rates, _reads(ground, options.rounds), ground)


def _rate(jobs: Sequence[Job], handle: Callable[[Sequence[Job]], None], ground: Ground) -> float:
    """Events a second, from nothing counted."""
    with connection.cursor() as cursor:
        for table in ("twitter_trendmention", "twitter_affinity"):
            cursor.execute(f"DELETE FROM {table} WHERE world_id = %s", [ground.world.id])  # noqa: S608
    return _worked(jobs, handle)


def _retract_rate(ground: Ground) -> float:
    _rate(ground.posted, counting.handle, ground)
    gone = [job(ground.world, Event.DELETED, **posted.payload) for posted in ground.posted]
    return _worked(gone, counting.handle)


def _worked(jobs: Sequence[Job], handle: Callable[[Sequence[Job]], None]) -> float:
    started = time.perf_counter()
    size = BATCH[Consumer.TRENDS]
    for first in range(0, len(jobs), size):
        with transaction.atomic():
            handle(jobs[first : first + size])
    return len(jobs) / (time.perf_counter() - started)


def _reads(ground: Ground, rounds: int) -> dict[str, list[list[float]]]:
    """Milliseconds of each read, by case and round; the definition must agree."""
    _check(ground)
    cases: dict[str, tuple[int, Callable[[], object]]] = {
        "top 10": (READS, lambda: _read(ground)),
        "top 10, nothing new": (READS, lambda: selectors.trends(ground.world, at=ground.at)),
        "top 10, base not in memory": (READS // 5, lambda: _cold(ground)),
        "recount by SQL": (READS // 20, lambda: recount(ground.world, ground.at, RULES)),
    }
    found: dict[str, list[list[float]]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, (times, read) in cases.items():
            found[name].append([_ms(read) for _ in range(times)])
    return found


def _read(ground: Ground) -> None:
    """As after a tweet that changed something: the list is computed."""
    selectors.ranked.cache_clear()
    selectors.trends(ground.world, at=ground.at)


def _cold(ground: Ground) -> None:
    selectors.base_history.cache_clear()
    _read(ground)


def _ms(read: Callable[[], object]) -> float:
    started = time.perf_counter()
    read()
    return (time.perf_counter() - started) * 1000


def _check(ground: Ground) -> None:
    """What is shown is what the texts hold."""
    counted = recount(ground.world, ground.at, RULES)
    page = selectors.trends(ground.world, at=ground.at)
    for trend in (*page.trends, *page.waiting, *page.refused):
        place = trend.term, trend.minutes_ago // RULES.window_min
        if counted[place] != trend.authors:
            raise CannotMeasure(f"#{trend.term}: {trend.authors} authors, not {counted[place]}.")


def _result(
    rates: dict[str, Spread], reads: dict[str, list[list[float]]], ground: Ground
) -> Result:
    p50 = {n: spread([percentile(r, 50) for r in rounds]) for n, rounds in reads.items()}
    p99 = {n: spread([percentile(r, 99) for r in rounds]) for n, rounds in reads.items()}
    top, unchanged = p50["top 10"].median, p50["top 10, nothing new"].median
    return Result(
        ratios={
            "count_vs_one_by_one": rates["count, by batch"].median
            / rates["count, one by one"].median,
            "top_10_vs_recount": top / p50["recount by SQL"].median,
            "top_10_vs_no_memory": top / p50["top 10, base not in memory"].median,
            "top_10_unchanged_vs_recount": unchanged / p50["recount by SQL"].median,
        },
        figures={
            "counted_per_s": rates["count, by batch"].median,
            "retracted_per_s": rates["retract"].median,
            "interactions_per_s": rates["interactions"].median,
            "top_10_p50_ms": top,
            "top_10_p99_ms": p99["top 10"].median,
            "top_10_unchanged_p50_ms": unchanged,
            "top_10_unchanged_p99_ms": p99["top 10, nothing new"].median,
            "recount_p50_ms": p50["recount by SQL"].median,
            "tweets": len(ground.posted),
        },
        rows=[
            *(Row(name, "events/s", rate) for name, rate in rates.items()),
            *(Row(f"{name}, p50", "ms", found) for name, found in p50.items()),
            Row("top 10, p99", "ms", p99["top 10"]),
            Row("top 10, nothing new, p99", "ms", p99["top 10, nothing new"]),
        ],
    )


BENCH = Bench("Counting hashtags, and reading the top 10", run, _add_arguments)
