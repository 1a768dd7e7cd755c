"""Lying bars, so that long names stand above them on a phone too; many of one series have their
short names at the left. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from trainer.lab.showing.amounts import figure
from trainer.lab.showing.axis import Axis, log_axis
from trainer.lab.showing.charts import Look, looks
from trainer.lab.showing.tables import cell_text

NAME_PX: Final = 22
BAR_PX: Final = 20
GAP_PX: Final = 14
CLOSE_PX: Final = 6  # where names stand beside the bars
MANY: Final = 8
SHORT: Final = 20  # letters
NAMES: Final = 36  # % of the width
LONGEST: Final = 78.0  # % of the width; the value stands behind the bar


@dataclass(frozen=True, slots=True)
class Bar:
    """`y` px from the top; `width` in % of the drawing."""

    look: Look
    series: str
    text: str
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """`starts`: where a log axis begins, which is not at zero; "" of a plain one. `left` % of the
    width is for names beside the bars, 0 where they stand above."""

    rows: tuple[Row, ...]
    height: int
    starts: str
    left: int

    @property
    def room(self) -> int:
        """For the bars, in % of the width."""
        return 100 - self.left


def bars_of(chart: Mapping[str, Any]) -> Bars:
    """Of a chart of kind `bars`; values below zero have no bar."""
    drawn = list(zip(chart["series"], looks(chart["series"]), strict=True))
    names = chart.get("names") or [cell_text(x) for x in chart["series"][0]["x"]]
    values = [y for each, _ in drawn for y in each["y"] if y is not None]
    axis = log_axis(values) if chart.get("log_y") else None
    most = max([0.0, *values])
    beside = len(drawn) == 1 and _stand_beside(names)
    name_px, gap_px = (0, CLOSE_PX) if beside else (NAME_PX, GAP_PX)
    row_px = name_px + BAR_PX * len(drawn) + gap_px

    def bar(place: int, at: int, series: Mapping[str, Any], look: Look, nth: int) -> Bar:
        value = _at(series, at)
        width = 0.0 if value is None else _width(value, most, axis)
        text = cell_text(value)
        return Bar(look, series["name"], text, place + name_px + nth * BAR_PX, width)

    rows = []
    for at, name in enumerate(names):
        place = at * row_px
        made = (bar(place, at, *each, nth) for nth, each in enumerate(drawn))
        rows.append(Row(name, place + 14, tuple(made)))
    starts = figure(10.0**axis.low) if axis else ""
    return Bars(tuple(rows), max(1, row_px * len(rows)), starts, NAMES if beside else 0)


def _stand_beside(names: Sequence[str]) -> bool:
    """So many that the chart would be very tall, and short enough for a phone."""
    return len(names) > MANY and max(map(len, names)) <= SHORT


def _at(series: Mapping[str, Any], at: int) -> float | None:
    """The value over x = `at`; series may leave bars out."""
    xs: Sequence[float] = series["x"]
    return next((y for x, y in zip(xs, series["y"], strict=True) if x == at), None)


def _width(value: float, most: float, axis: Axis | None) -> float:
    share = axis.at(value) / 100 if axis else (value / most if most > 0 else 0.0)
    return round(LONGEST * max(0.0, share), 2)
