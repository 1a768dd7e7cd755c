"""What the runs of the CPU budget look like. Pure."""

from collections.abc import Mapping

import numpy as np

from trainer.capacity.amdahl import ceiling, cores_for, speedup
from trainer.capacity.figures import Figure
from trainer.lab.blocks import Chart, Column, Series, Table
from trainer.lab.labs.cpu_budget.timing import Timed
from trainer.lab.labs.sums import finite

LINE = np.geomspace(1, 256, 33)  # cores
SHARES = (0.0, 0.001, 0.005, 0.01)  # serial ones, beside the measured


def batches_table(batches: Mapping[int, Timed], counts: Mapping[int, int]) -> Table:
    """`counts`: how many candidates were scored in a batch size's time."""
    return Table(
        "batches",
        "The heavy ranker, by batch",
        (
            Column("Candidates in a batch"),
            Column("CPU time a candidate", "µs", bar=True),
            Column("Wall time a candidate", "µs"),
            Column("Less CPU than one by one", "x"),
        ),
        [
            (
                batch,
                1_000 * each.cpu_ms / counts[batch],
                1_000 * each.wall_ms / counts[batch],
                batches[1].cpu_ms / counts[1] / (each.cpu_ms / counts[batch]),
            )
            for batch, each in batches.items()
        ],
        origin="measured",
        note="One thread throughout. The scores are the same.",
    )


def batches_chart(batches: Mapping[int, Timed], counts: Mapping[int, int]) -> Chart:
    sizes = list(batches)
    times = [1_000 * batches[size].cpu_ms / counts[size] for size in sizes]
    return Chart(
        "batch-curve",
        "CPU time of a candidate, by batch",
        "candidates in a batch",
        "CPU time a candidate, µs",
        [Series("measured", sizes, times)],
        origin="measured",
        log_x=True,
        log_y=True,
    )


def threads_table(threads: Mapping[int, Timed]) -> Table:
    return Table(
        "threads",
        "The whole ranking, by threads",
        (
            Column("Threads"),
            Column("Wall time", "ms", bar=True),
            Column("of which spread", "ms"),
            Column("CPU time", "ms"),
            Column("Faster than one thread", "x"),
        ),
        [
            (count, each.wall_ms, each.spread_ms, each.cpu_ms, threads[1].wall_ms / each.wall_ms)
            for count, each in threads.items()
        ],
        origin="measured",
        note="Spreading saves waiting, never CPU time.",
    )


def cores_chart(threads: Mapping[int, Timed], cores: int, serial_share: float) -> Chart:
    tried = [count for count in threads if count <= cores]
    gained = [threads[1].wall_ms / threads[count].wall_ms for count in tried]
    line = list(map(float, LINE))
    return Chart(
        "cores",
        "Speed-up by cores",
        "cores",
        "times faster than one",
        [
            Series("measured here", tried, gained),
            Series("Amdahl", line, [speedup(serial_share, each) for each in line], dashed=True),
            Series("ideal", line, line, dashed=True),
        ],
        origin="measured",
        log_x=True,
        log_y=True,
        note="The dashed lines are computed. Amdahl's follows from the serial share that one thread"
        " was measured to have: 1 / (share + (1 - share) / cores).",
    )


def needed_table(needed: float, serial_share: float) -> Table:
    shares = sorted({*SHARES, 1 / needed, serial_share})
    return Table(
        "needed",
        f"What a speed-up of {needed:.0f} would take",
        (
            Column("Serial share of the work", "%"),
            Column(f"Speed-up on {needed:.0f} cores", "x"),
            Column("Most that any number of cores gives", "x"),
            Column(f"Cores for {needed:.0f} times", "cores"),
        ),
        [
            (
                100 * share,
                speedup(share, needed),
                finite(ceiling(share)),
                finite(cores_for(needed, share)),
            )
            for share in shares
        ],
        origin="computed",
        note=f"The measured share is {100 * serial_share:.3g}%. No cores are given where no number"
        " of them is enough: cores = (1 - share) / (1 / speed-up - share).",
    )


def told_table(told: Figure, here: Timed, count: int) -> Table:
    return Table(
        "told",
        "The told run beside this one",
        (Column("Whose"), Column("CPU time a candidate", "ms"), Column("How it was found")),
        [
            ("Told: the whole pipeline", told.value, f"computed: {told.sum}"),
            ("Here: features, network and order", here.cpu_ms / count, "measured, one thread"),
        ],
        origin="measured",
        note="The network here is small, and the told figure pays for fetching and hydrating as"
        " well. The laws of batching and of cores are the same.",
    )
