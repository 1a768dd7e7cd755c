"""What is seen of the breaker: a sequence to step through, and charts by request."""

from collections.abc import Iterator, Sequence

from trainer.lab.blocks import Chart, Column, Frame, Note, Series, Steps, Table
from trainer.lab.labs.ranker_down.asking import Asked, Experiment
from trainer.lab.stage import Stage
from trainer.twitter import api

PHASES = ("before the fault", "while it fails", "probe, still failing", "after the repair")
NAMES = {
    "heavy": "heavy ranker",
    "light": "light ranker",
    "graph": "graph's source",
    "embeddings": "embeddings' source",
    "in_network": "in-network source",
}
COLUMNS = (
    Column("request"),
    Column("breaker before"),
    Column("breaker after"),
    Column("failures in window"),
    Column("level"),
    Column("took", "ms"),
)
SHOWN = 4  # rows of a frame: this request and those before it


def show(stage: Stage, mine: Experiment, others: Sequence[Experiment]) -> None:
    stage.show(_steps(mine))
    stage.show(_window(mine))
    stage.show(_took(mine))
    stage.show(_levels(mine))
    stage.show(_elsewhere(mine, others))


def sentence(one: Asked, mine: Experiment) -> str:
    """What happened to a request, and what it did to the breaker."""
    who = NAMES.get(mine.part, mine.part)
    served = f"Served at level {one.level} in {one.ms:.0f} ms."
    failures = len(one.after.failure_ages_s)
    if not one.was_let_through:
        return f"The {who} is not asked: its breaker is {one.before.state}. {served}"
    if one.is_probe:
        went = "closes" if one.after.state == "closed" else "opens again"
        return f"The probe: this one request tries the {who}, and the breaker {went}. {served}"
    if one.after.state == "open":
        return f"Failure {failures} of {mine.policy.failures}: the breaker opens. {served}"
    if len(one.before.failure_ages_s) < failures:
        return f"Failure {failures} of {mine.policy.failures} in the window. {served}"
    return f"The {who} answers, and the window holds {failures} failures. {served}"


def _steps(mine: Experiment) -> Steps:
    frames = [
        Frame(
            f"request {one.number}, {one.phase}",
            sentence(one, mine),
            [_row(each) for each in mine.asked[max(0, one.number - SHOWN) : one.number]],
        )
        for one in mine.asked
    ]
    return Steps("steps", "The breaker, request by request", COLUMNS, frames, "measured")


def _row(one: Asked) -> tuple[str | int | float, ...]:
    failures = len(one.after.failure_ages_s)
    return one.number, one.before.state, one.after.state, failures, one.level, round(one.ms, 1)


def _window(mine: Experiment) -> Chart:
    numbers = [one.number for one in mine.asked]
    failures = [len(one.after.failure_ages_s) for one in mine.asked]
    opens = [mine.policy.failures] * len(numbers)
    return Chart(
        "window",
        f"Failures in the window of {mine.policy.window_s:.0f} s",
        "request",
        "failures",
        (
            Series("failures counted", numbers, failures),
            Series("where it opens", numbers, opens, dashed=True),
        ),
        "measured",
        kind="steps",
    )


def _took(mine: Experiment) -> Chart:
    kinds = {
        "part was asked": [one for one in mine.asked if one.was_let_through],
        "breaker kept it away": [one for one in mine.asked if not one.was_let_through],
    }
    series = [
        Series(name, [one.number for one in found], [one.ms for one in found])
        for name, found in kinds.items()
        if found
    ]
    title = "How long each request took"
    return Chart("took", title, "request", "ms", series, "measured", kind="points")


def _levels(mine: Experiment) -> Chart:
    numbers = [one.number for one in mine.asked]
    return Chart(
        "levels",
        "The level that was served",
        "request",
        "level",
        (Series("level", numbers, [one.level for one in mine.asked]),),
        "measured",
        kind="steps",
        note="0 heavy ranker, 1 light ranker, 2 chronological, 3 the last answer.",
    )


def _elsewhere(mine: Experiment, others: Sequence[Experiment]) -> Table:
    names = ("a second experiment", "the base world")
    worlds = [("this experiment", mine), *zip(names, others, strict=True)]
    return Table(
        "elsewhere",
        "Meanwhile, for the same reader elsewhere",
        (
            Column("world"),
            Column("requests while it fails"),
            Column("at level 0"),
            Column("worst level"),
            Column("breaker now"),
        ),
        [list(_standing(name, world)) for name, world in worlds],
        "measured",
        "A breaker belongs to one world, as on a real site it belongs to one server instance.",
    )


def _standing(name: str, world: Experiment) -> Iterator[str | int]:
    asked = world.during(PHASES[1])
    yield name
    yield len(asked)
    yield sum(one.level == 0 for one in asked)
    yield max((one.level for one in asked), default=0)
    yield world.view().state


def shortened(open_s: float) -> Note:
    usual = api.BREAKERS
    text = (
        f"In service the breaker stays open for {usual.open_s:.0f} s. For this run that one rule"
        f" was shortened to {open_s:.0f} s; {usual.failures} failures in {usual.window_s:.0f} s,"
        " and one probe at a time, are the usual rules."
    )
    return Note("shortened", "What was shortened", text, "assumption")
