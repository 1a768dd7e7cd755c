"""The funnel: how many are left after each part, and how long it took."""

from collections.abc import Iterator, Sequence
from statistics import median

from trainer.lab.blocks import Block, Cell, Chart, Column, Series, Table
from trainer.twitter import api

FUNNEL = (
    Column("part"),
    Column("came in", "tweets"),
    Column("found", "tweets"),
    Column("dropped", "tweets"),
    Column("left", "tweets", bar=True),
    Column("took", "ms", bar=True),
    Column("why dropped"),
)
SOURCES = (Column("source"), Column("found", "tweets", bar=True), Column("took", "ms", bar=True))


def typical_ms(traces: Sequence[api.Trace]) -> dict[str, float]:
    """By part: the median over the requests."""
    parts = [part.name for part in traces[-1].parts]
    return {
        name: median(part.ms for trace in traces for part in trace.parts if part.name == name)
        for name in parts
    }


def blocks(trace: api.Trace, ms: dict[str, float], quality: float) -> Iterator[Block]:
    """`quality`: the share of the usual sizes that the request fetched and ranked."""
    yield _funnel(trace, ms, quality)
    yield _left(trace)
    yield _sources(trace)
    yield _times(ms)


def _funnel(trace: api.Trace, ms: dict[str, float], quality: float) -> Table:
    rows: list[list[Cell]] = [
        [
            part.name,
            part.count_in,
            sum(find.count for find in part.finds),
            sum(part.drops().values()),
            part.count_out,
            ms[part.name],
            "; ".join(f"{reason}: {count:,}" for reason, count in part.drops().items()),
        ]
        for part in trace.parts
    ]
    note = "" if quality == 1 else f"Under load, sizes were cut to {100 * quality:.0f}%. "
    note += "Counts of the last request; times are medians over all of this run's."
    return Table("funnel", "The funnel, part by part", FUNNEL, rows, "measured", note)


def _left(trace: api.Trace) -> Chart:
    changed = [part for part in trace.parts if part.count_in != part.count_out]
    left = [float(part.count_out) for part in changed]
    return Chart(
        "left",
        "How many are left after each part that changes the number",
        "part",
        "tweets",
        (Series("left", [float(n) for n in range(len(changed))], left),),
        "measured",
        kind="bars",
        names=[part.name for part in changed],
    )


def _sources(trace: api.Trace) -> Table:
    rows: list[list[Cell]] = [
        [find.source.replace("_", " "), find.count, find.ms]
        for part in trace.parts
        for find in part.finds
    ]
    note = "All are asked at once, so the part takes about as long as the slowest of them."
    return Table("sources", "Where the candidates come from", SOURCES, rows, "measured", note)


def _times(ms: dict[str, float]) -> Chart:
    return Chart(
        "times",
        "How long each part takes",
        "part",
        "ms",
        (Series("median", [float(n) for n in range(len(ms))], list(ms.values())),),
        "measured",
        kind="bars",
        names=list(ms),
    )
