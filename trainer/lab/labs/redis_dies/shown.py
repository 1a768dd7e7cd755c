"""What the visitor sees: every read over time, the phases, and what making it all anew costs."""

from itertools import accumulate

from trainer.lab.blocks import Chart, Column, Series, Table
from trainer.lab.labs.redis_dies.watch import Phase, Watch
from trainer.lab.stage import Stage

_COLUMNS = (
    Column("Phase"),
    Column("Reads"),
    Column("Median", "ms", bar=True),
    Column("Slowest", "ms"),
    Column("Lists and strings made"),
    Column("Other entries than before", "reads"),
)


def everything(stage: Stage, watch: Watch) -> None:
    _over_time(stage, watch)
    _phases(stage, watch)
    _rebuilding(stage, watch)


def _over_time(stage: Stage, watch: Watch) -> None:
    stage.show(
        Chart(
            "reads",
            "Every read of the run",
            "seconds since the first read",
            "ms for one read",
            [
                Series(phase, [read.at_s for read in reads], [read.ms for read in reads])
                for phase in Phase
                if (reads := watch.of(phase))
            ],
            "measured",
            kind="points",
            log_y=True,
        )
    )


def _phases(stage: Stage, watch: Watch) -> None:
    stage.show(
        Table(
            "phases",
            "Where the answers came from",
            _COLUMNS,
            [
                [
                    phase,
                    len(reads),
                    watch.median_ms(phase),
                    max(read.ms for read in reads),
                    sum(read.rebuilt for read in reads),
                    sum(not read.is_same for read in reads),
                ]
                for phase in Phase
                if (reads := watch.of(phase))
            ],
            "measured",
        )
    )


def _rebuilding(stage: Stage, watch: Watch) -> None:
    """The sum over the readers, in the order in which they came back, beside warm reads."""
    firsts = watch.of(Phase.REBUILDING)
    if not firsts:
        return
    places = list(range(1, len(firsts) + 1))
    warm_ms = watch.median_ms(Phase.WARM)
    stage.show(
        Chart(
            "rebuilding",
            "What it costs that everybody's first read makes the lists anew",
            "readers who came back",
            "ms of work in all",
            [
                Series("first reads", places, list(accumulate(read.ms for read in firsts))),
                Series(
                    "computed: as many warm reads",
                    places,
                    [warm_ms * place for place in places],
                    dashed=True,
                ),
            ],
            "measured",
        )
    )
