"""What the visitor sees of the bursts and of the refill."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from trainer.lab.blocks import Chart, Column, Series, Table
from trainer.lab.labs.rate_limiter.burst import Burst
from trainer.lab.labs.rate_limiter.refill import Gained
from trainer.lab.stage import Stage

REAL, NAIVE = "one script", "read, then write"
POINTS = 200  # of a curve: more are not to be told apart


def bursts(stage: Stage, allowed: int, done: Mapping[str, Burst]) -> None:
    """How many had passed by which answer, and the sums."""
    longest = max(len(burst.answers) for burst in done.values())
    limit = Series("allowed", [1, longest], [allowed, allowed], dashed=True)
    stage.show(
        Chart(
            "passed",
            "Requests that had passed",
            "answers",
            "passed",
            [*(_curve(name, burst) for name, burst in done.items()), limit],
            "measured",
            kind="steps",
        )
    )
    stage.show(
        Table(
            "bursts",
            "The same burst, counted in two ways",
            (
                Column("Counter"),
                Column("Asked", "requests"),
                Column("Passed", "requests", bar=True),
                Column("Allowed", "requests"),
                Column("Too many", "requests"),
                Column("Took", "ms"),
            ),
            [
                [
                    name,
                    len(burst.answers),
                    burst.passed,
                    allowed,
                    max(0, burst.passed - allowed),
                    burst.took_ms,
                ]
                for name, burst in done.items()
            ],
            "measured",
        )
    )


def gained(stage: Stage, found: Sequence[Gained], per_s: float) -> None:
    at = [one.at_s for one in found]
    stage.show(
        Chart(
            "gained",
            "An empty bucket fills again",
            "seconds since it was empty",
            "passed",
            [
                Series("passed", at, [one.passed for one in found]),
                Series("computed: rate x time", at, [per_s * s for s in at], dashed=True),
            ],
            "measured",
            kind="steps",
        )
    )


def _curve(name: str, burst: Burst) -> Series:
    """Some POINTS of the answers, evenly, and the last one."""
    passed = list(accumulate(int(answer.passed) for answer in burst.answers))
    every = max(1, len(passed) // POINTS)
    places = sorted({*range(0, len(passed), every), len(passed) - 1})
    return Series(name, [place + 1 for place in places], [passed[place] for place in places])
