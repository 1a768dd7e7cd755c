"""A CPU budget spent one by one, in batches, and over the cores of this machine."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trainer.capacity.amdahl import ceiling
from trainer.capacity.figures import figures
from trainer.capacity.inputs import Inputs
from trainer.lab.labs.cpu_budget import showing
from trainer.lab.labs.cpu_budget.timing import (
    Ranking,
    Timed,
    cores_here,
    in_batches,
    in_turns,
    middle,
    threads_to_try,
)
from trainer.lab.stage import LabCode, LabError, Needs, Stage
from trainer.lab.weights import first, weights_of
from trainer.twitter import api

ROUNDS: Final = 5
BATCHES: Final = (1, 2, 8, 32, 128, 2_000, 8_000)  # beside the one of a request


def run(stage: Stage) -> None:
    stage.say("Asking the sources for one reader's candidates", 0.05)
    work = _work(stage)
    alone = _batches(stage, work)
    stage.say("Spreading the work over threads", 0.4)
    ranking = Ranking(
        work,
        stage.given.whole("candidates"),
        stage.given.whole("batch"),
        with_rows=stage.given.text("spread") == "all",
    )
    threads, serial_share = _threads(stage, ranking)
    _tell_cores(stage, threads, serial_share)
    told = figures(Inputs())
    needed = told["parallelism"].value
    stage.figure("needed", needed)
    stage.figure("allowed_share", 100 / needed)
    stage.show(showing.needed_table(needed, serial_share))
    stage.show(showing.told_table(told["cpu_ms_per_candidate"], threads[1], ranking.count))
    stage.say(f"Done: a candidate took {alone:.0f} µs alone", 1.0)


def _work(stage: Stage) -> "api.RankerWork":
    accounts = api.readers(stage.base, 1)
    if not accounts:
        raise LabError("Nobody in this world has been active lately: choose another world.")
    work = api.ranker_work(stage.base, accounts[0], weights_of(first()))
    if not len(work.found):
        raise LabError("The sources found nothing to rank for this reader: choose another world.")
    return work


def _batches(stage: Stage, work: "api.RankerWork") -> float:
    """Time the network by batch, tell it; CPU microseconds of a candidate that is scored alone."""
    request = api.Sizes().ranked
    sizes = sorted({*BATCHES, request})
    counts = {size: max(size, request) for size in sizes}
    stage.say(f"Scoring {request} candidates one by one, then in batches", 0.15)
    rows = {count: work.rows(0, count) for count in set(counts.values())}
    found = in_turns(
        {size: partial(_score, work, rows[counts[size]], size) for size in sizes},
        ROUNDS,
        stage.check,
    )
    batches = {size: middle(each) for size, each in found.items()}
    # CPU time: what others take of the core falls on the many passes, and seldom on the one.
    stage.figure("one_by_one_ms", batches[1].cpu_ms)
    stage.figure("batched_ms", batches[request].cpu_ms)
    stage.figure("batching", batches[1].cpu_ms / batches[request].cpu_ms)
    stage.show(showing.batches_chart(batches, counts))
    stage.show(showing.batches_table(batches, counts))
    return 1_000 * batches[1].cpu_ms / counts[1]


def _score(work: "api.RankerWork", rows: NDArray[np.float32], batch: int) -> None:
    in_batches(work, rows, batch)


def _threads(stage: Stage, ranking: Ranking) -> tuple[dict[int, Timed], float]:
    """The whole ranking by threads, and the share (0 to 1) of it that one thread could not have
    spread."""
    with ExitStack() as stack:
        pools = {
            count: stack.enter_context(ThreadPoolExecutor(count)) if count > 1 else None
            for count in threads_to_try(cores_here())
        }
        cases = {count: partial(ranking.spread_ms, pool) for count, pool in pools.items()}
        found = in_turns(cases, ROUNDS, stage.check)
    threads = {count: middle(each) for count, each in found.items()}
    return threads, 1 - threads[1].spread_ms / threads[1].wall_ms


def _tell_cores(stage: Stage, threads: dict[int, Timed], serial_share: float) -> None:
    cores = cores_here()
    most = max(count for count in threads if count <= cores)
    stage.figure("cores", most)
    stage.figure("spreading", threads[1].wall_ms / threads[most].wall_ms)
    stage.figure("serial_share", 100 * serial_share)
    stage.figure("ceiling", ceiling(serial_share))
    stage.show(showing.cores_chart(threads, cores, serial_share))
    stage.show(showing.threads_table(threads))


LAB = LabCode("cpu-budget", run, Needs.RANKERS, timing=True, most_s=40.0)
