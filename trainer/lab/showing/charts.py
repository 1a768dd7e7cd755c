"""A chart's looks and its numbers as a table. Pure; blocks are read as their JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from math import ceil
from typing import Any, Final

from trainer.lab.blocks import Cell
from trainer.lab.showing.tables import ShownTable, heading, table_of

MOST_ROWS: Final = 200  # of a table that people scroll through


@dataclass(frozen=True, slots=True)
class Look:
    """How a series is drawn, told apart by its dashes and marks as well as by its colour, a token
    of the style sheet. `mark` is an SVG path around 0,0 with a radius of about 4 px; `fill` names
    the filling of its bars."""

    colour: str
    dash: tuple[int, ...]
    mark: str
    hollow: bool
    fill: str


CIRCLE: Final = "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z"
SQUARE: Final = "M-3.5 -3.5H3.5V3.5H-3.5Z"
TRIANGLE: Final = "M0 -4.5L4.5 3.5H-4.5Z"
DIAMOND: Final = "M0 -5L5 0L0 5L-5 0Z"
CROSS: Final = "M-4 -4L4 4M4 -4L-4 4"

MEASURED: Final = (
    Look("accent", (), CIRCLE, hollow=False, fill="solid"),
    Look("amber", (12, 3), SQUARE, hollow=False, fill="pale"),
    Look("green", (2, 3), TRIANGLE, hollow=False, fill="hollow"),
    Look("red", (12, 3, 2, 3), CROSS, hollow=False, fill="dotted"),
    Look("ink", (6, 2, 2, 2, 2, 2), DIAMOND, hollow=False, fill="pale"),
)
CLAIMED: Final = (
    Look("ink", (6, 6), DIAMOND, hollow=True, fill="dashed"),
    Look("muted", (2, 6), SQUARE, hollow=True, fill="dashed"),
    Look("amber", (6, 4, 1, 4), TRIANGLE, hollow=True, fill="dashed"),
)


def looks(series: Sequence[Mapping[str, Any]]) -> list[Look]:
    """One for each; `dashed` ones (claims and models) have dashes and hollow marks."""
    measured, claimed = count(), count()
    return [
        CLAIMED[next(claimed) % len(CLAIMED)]
        if each.get("dashed")
        else MEASURED[next(measured) % len(MEASURED)]
        for each in series
    ]


def drawing(chart: Mapping[str, Any]) -> dict[str, Any]:
    """What the browser draws from: the chart's JSON and the looks of its series."""
    wanted = ("kind", "log_x", "log_y", "x_label", "series")
    drawn = {name: chart[name] for name in wanted if name in chart}
    return drawn | {"looks": [asdict(look) for look in looks(chart["series"])]}


@dataclass(frozen=True, slots=True)
class Behind:
    """The table behind a chart. `every` > 1: only every n-th of its rows stands here."""

    table: ShownTable
    every: int


def behind(chart: Mapping[str, Any]) -> Behind:
    """A row for each x that any series has, in order; for bars, one for each of their names."""
    series = chart["series"]
    by_place = [_by_place(each) for each in series]
    at = sorted({place for each in by_place for place in each})
    rows: list[list[Cell]] = [
        [_name(chart, place[0]), *(each.get(place) for each in by_place)] for place in at
    ]
    every = max(1, ceil(len(rows) / MOST_ROWS))
    columns = [{"label": chart["x_label"]}, *({"label": _head(chart, each)} for each in series)]
    return Behind(table_of(columns, rows[::every]), every)


def _by_place(series: Mapping[str, Any]) -> dict[tuple[float, int], float | None]:
    """Values by (x, how many stood over the same x before): points may share one."""
    before: Counter[float] = Counter()
    values = {}
    for x, y in zip(series["x"], series["y"], strict=True):
        values[x, before[x]] = y
        before[x] += 1
    return values


def _head(chart: Mapping[str, Any], series: Mapping[str, Any]) -> str:
    return heading(series["name"], chart["y_label"] if len(chart["series"]) == 1 else "")


def _name(chart: Mapping[str, Any], x: float) -> Cell:
    names = chart.get("names") or ()
    return names[int(x)] if 0 <= x < len(names) and x == int(x) else x
