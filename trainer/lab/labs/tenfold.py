"""Ten times the scale: what breaks first, what a lower threshold is worth, and where the told sums
contradict one another. All computed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from trainer.capacity.contradictions import Contradiction, contradictions
from trainer.capacity.figures import Figure, figures
from trainer.capacity.growth import Utilisation, scaling_table, utilisations
from trainer.capacity.inputs import Inputs, described
from trainer.lab.blocks import Chart, Column, Series, Table
from trainer.lab.labs.puzzles import puzzles_of
from trainer.lab.labs.sums import finite, problems, sums_table
from trainer.lab.stage import LabCode, Needs, Stage

GROWTHS: Final = np.geomspace(1, 100, 9)
DRAWN: Final = 4  # resources in the chart, those that break first
SUMS: Final = (
    "scaled_dau",
    "scaled_tweets",
    "scaled_hybrid_writes",
    "scaled_timeline_qps",
    "scaled_storage_bytes",
    "scaled_cores_busy",
    "scaled_law_hybrid_writes",
    "scaled_law_hybrid_writes_at_lower_threshold",
    "threshold_for_same_writes",
)
GIVEN: Final = {
    "threshold_needed": "threshold_for_same_writes",
    "writes_after": "scaled_hybrid_writes",
    "told_writes_after": "told_writes_after",
    "law_writes_after": "scaled_law_hybrid_writes",
    "law_writes_lowered": "scaled_law_hybrid_writes_at_lower_threshold",
    "qps_after": "scaled_timeline_qps",
    "cores_after": "scaled_cores_busy",
}


def run(stage: Stage) -> None:
    inputs = replace(
        Inputs(),
        growth=stage.given.number("growth"),
        scaled_threshold=stage.given.number("scaled_threshold"),
        cpu_s_per_run=stage.given.number("cpu_s_per_run"),
    )
    stage.say(f"Growing the site to {inputs.growth:g} times its size", 0.1)
    found = figures(inputs)
    for id, name in GIVEN.items():
        stage.figure(id, found[name].value)
    whole, lowered = stage.result.figures["law_writes_after"], found[GIVEN["law_writes_lowered"]]
    stage.figure("lowering_saves", 100 * (1 - lowered.value / whole))
    stage.say("Asking each resource how much of it is used", 0.4)
    stage.show(_breaks_table(inputs))
    stage.show(_breaks_chart(inputs))
    stage.show(_scaling_table(inputs))
    stage.say("Holding what is told against what follows", 0.7)
    stage.show(_contradictions_table(inputs, found))
    stage.show(puzzles_of(LAB.name, "Two statements each: find the slip"))
    stage.show(sums_table("sums", "Every sum, with its numbers", [found[name] for name in SUMS]))
    if (note := problems("problems", found.values())) is not None:
        stage.show(note)
    stage.say("Done", 1.0)


def _breaks_table(inputs: Inputs) -> Table:
    grown = {each.figure.name: each for each in utilisations(inputs.grown(inputs.growth))}
    return Table(
        "breaks",
        "What breaks first",
        (
            Column("Resource, the first to break on top"),
            Column("Used today", "%"),
            Column(f"Used at {inputs.growth:g} times", "%", bar=True),
            Column("Used up at a growth of", "x"),
        ),
        [
            (
                each.figure.label,
                finite(100 * each.used),
                finite(100 * grown[each.figure.name].used),
                each.breaks_at,
            )
            for each in utilisations(inputs)
        ],
        origin="computed",
        note="Most capacities are assumptions. Below a growth of one it is broken already; none is"
        " given where growth alone never uses it up.",
    )


def _breaks_chart(inputs: Inputs) -> Chart:
    """The resources that growth uses up, over growth."""
    first = [each for each in utilisations(inputs) if _grows(each, inputs)][:DRAWN]
    used = [
        {each.figure.name: 100 * each.used for each in utilisations(inputs.grown(growth))}
        for growth in map(float, GROWTHS)
    ]
    lines = [
        Series(each.figure.label, list(GROWTHS), [at[each.figure.name] for at in used])
        for each in first
    ]
    whole = Series("all there is", (1.0, float(GROWTHS[-1])), (100.0, 100.0), dashed=True)
    return Chart(
        "growth",
        "Use of what breaks first, by growth",
        "growth, times today",
        "used, %",
        [*lines, whole],
        origin="computed",
        log_x=True,
        log_y=True,
        note="A line that crosses the dashed one has nothing left.",
    )


def _grows(each: Utilisation, inputs: Inputs) -> bool:
    twice = {other.figure.name: other.used for other in utilisations(inputs.grown(2))}
    return twice[each.figure.name] > each.used


def _scaling_table(inputs: Inputs) -> Table:
    once, twice = inputs.growth, inputs.growth**2
    return Table(
        "scaling",
        "Grown once, and by mistake twice",
        (
            Column("What"),
            Column("Unit"),
            Column("Today"),
            Column(f"{once:g} times"),
            Column(f"{once:g} times twice, {twice:g}"),
        ),
        [
            (row.label, row.unit, *map(finite, row.values))
            for row in scaling_table(inputs, (1.0, once, twice))
        ],
        origin="computed",
        note="The sums that are told of growth stand in the last column: their start is grown.",
    )


def _contradictions_table(inputs: Inputs, found: Mapping[str, Figure]) -> Table:
    labels = {each.name: each.says.capitalize() for each in described()}
    labels |= {name: each.label for name, each in found.items()}
    return Table(
        "contradictions",
        "Told, and what follows from the same inputs",
        (
            Column("Told"),
            Column("As told"),
            Column("What follows"),
            Column("As it follows"),
            Column("Told is so many times what follows", "x"),
        ),
        _rows(contradictions(inputs), labels),
        origin="computed",
    )


def _rows(
    pairs: Iterable[Contradiction], labels: Mapping[str, str]
) -> list[tuple[str, float | str | None, str, float | str | None, float | str | None]]:
    return [
        (
            labels[each.told_name],
            finite(each.told),
            labels[each.follows_name],
            finite(each.follows),
            finite(each.factor),
        )
        for each in pairs
    ]


LAB = LabCode("tenfold", run, Needs.NOTHING)
