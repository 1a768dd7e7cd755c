"""Measuring things side by side, and what a bench is. Pure; `manage.py bench` runs them."""

import statistics
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

# Runs once; gives what it measured itself (a rate, a percentile), or None to be timed (seconds).
Case = Callable[[], float | None]


class CannotMeasure(Exception):
    """A bench cannot run here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What the rounds of one case gave, in the case's own unit."""

    median: float
    least: float
    most: float
    rounds: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a case, its unit (`deliveries/s`, `ms`), and its spread."""

    name: str
    unit: str
    spread: Spread


@dataclass(frozen=True, slots=True)
class Result:
    """What a bench found: `ratios` within the run (compared between machines), `figures` of this
    machine with their unit in the name, and for people a table and lines below it."""

    ratios: Mapping[str, float]
    figures: Mapping[str, float]
    rows: Sequence[Row] = ()
    lines: Sequence[str] = ()


def _no_arguments(_: ArgumentParser) -> None:
    """Most benches have none of their own."""


@dataclass(frozen=True, slots=True)
class Bench:
    """`run` takes the parsed options: `rounds` (int, at least 1) and what `add_arguments` added.

    It may raise CannotMeasure.
    """

    help: str
    run: Callable[[Namespace], Result]
    add_arguments: Callable[[ArgumentParser], None] = field(default=_no_arguments)


def interleaved(cases: Mapping[str, Case], rounds: int = 5) -> dict[str, Spread]:
    """Run every case once a round, each round beginning with the next one.

    What disturbs the machine for a while then disturbs all cases, and none is always first.
    """
    names = list(cases)
    found: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            found[name].append(_measured(cases[name]))
    return {name: spread(values) for name, values in found.items()}


def _measured(case: Case) -> float:
    started = time.perf_counter()
    own = case()
    taken_s = time.perf_counter() - started
    return taken_s if own is None else own


def spread(values: Sequence[float]) -> Spread:
    """The spread of what was measured elsewhere; one value or more."""
    return Spread(statistics.median(values), min(values), max(values), len(values))


def whole(text: str) -> int:
    """An argument's type: a whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text} is no whole number from 1")
    return int(text)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which `percent` (0 to 100) of `values` lie, between two of them by a straight
    line. Of one value or more, in any order."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
