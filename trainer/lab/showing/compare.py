"""A prediction beside what was measured, on one log axis. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from trainer.lab.showing.amounts import figure, shown
from trainer.lab.showing.axis import Axis, Tick, log_axis

Kind = Literal["you", "measured", "guide", "computed"]
NAMES: Final[Mapping[Kind, str]] = {
    "you": "You",
    "measured": "Measured",
    "guide": "Guide",
    "computed": "Computed",
}
SYMBOL: Final = 2  # letters: "ms" and "%" are short enough to stand beside a mark
CLOSE: Final = 0.1  # a share of the measured one: nobody is asked to be nearer
TWICE: Final = 2  # below it a factor is told in per cent
ROW_PX: Final = 36
TOP_PX: Final = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """`label` and `text` are whole; `name` and `short` stand beside the mark, where a phone leaves
    room for some twenty letters: at its left (`before`) or at its right, where there is more.
    `position` 0 to 100 % of the axis; `y` the middle of its row in px."""

    kind: Kind
    label: str
    name: str
    text: str
    short: str
    position: float
    y: int
    before: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """`log_error` is |log10(predicted / measured)|: None without a prediction, and where one of the
    two is zero and the other is not. `bottom` px: where the axis lies, below all marks."""

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    words: str
    log_error: float | None
    bottom: int
    height: int


def compare(
    predicted: float | None,
    measured: float,
    guide: tuple[str, float] | None,
    computed: tuple[str, float] | None,
    unit: str,
    *,
    is_measured: bool = True,
) -> Comparison:
    """Amounts of one unit and scale, none below zero; `guide` and `computed` with their labels.
    `is_measured` False: what was predicted is no measured figure, but came out of a formula."""
    came, here = ("measured", "Measured") if is_measured else ("computed", "Here")
    given: list[tuple[Kind, str, float | None]] = [
        ("you", "You", predicted),
        ("measured", f"{came.capitalize()} here", measured),
        ("guide", *(guide or ("", None))),
        ("computed", *(computed or ("", None))),
    ]
    there = [(kind, label, value) for kind, label, value in given if value is not None]
    axis = log_axis([value for _, _, value in there])
    bottom = TOP_PX + ROW_PX * len(there)
    return Comparison(
        marks=_marks(there, axis, unit, {**NAMES, "measured": here}),
        ticks=axis.ticks,
        words=_words(predicted, measured, unit, came),
        log_error=log_error(predicted, measured),
        bottom=bottom,
        height=bottom + 24,
    )


def log_error(predicted: float | None, measured: float) -> float | None:
    """|log10(predicted / measured)|: 0 is exact, 1 is ten times too high or too low."""
    if predicted is None:
        return None
    if predicted == measured:
        return 0.0
    if predicted <= 0 or measured <= 0:
        return None  # there is no factor between zero and something
    return abs(math.log10(predicted / measured))


def _marks(
    there: Sequence[tuple[Kind, str, float]], axis: Axis, unit: str, names: Mapping[Kind, str]
) -> tuple[Mark, ...]:
    def mark(row: int, kind: Kind, label: str, value: float) -> Mark:
        position = axis.at(value)
        y = TOP_PX + row * ROW_PX + ROW_PX // 2
        text = shown(value, unit)
        short = text if len(unit) <= SYMBOL else figure(value)
        return Mark(kind, label, names[kind], text, short, position, y, before=position > 50)

    return tuple(mark(row, *each) for row, each in enumerate(there))


def _words(predicted: float | None, measured: float, unit: str, came: str) -> str:
    """What the distance is, in one or two sentences."""
    here = shown(measured, unit)
    if predicted is None:
        return f"You had no idea; now you have a number: {here}."
    said = f"You said {shown(predicted, unit)}"
    if predicted == measured:
        return f"{said}: exactly what was {came}."
    if measured == 0:
        return f"{said}; none was {came}."
    if predicted == 0:
        return f"{said}; {came} here: {here}. From zero there is no factor."
    return f"{said}: {factor_words(predicted, measured, came)}."


def factor_words(predicted: float, measured: float, came: str = "measured") -> str:
    """ "99 times too low", "40% too high", or "within 10%"; both above zero."""
    off = predicted / measured
    if abs(off - 1) <= CLOSE:
        return f"within {CLOSE:.0%} of what was {came}"
    way = "high" if off > 1 else "low"
    if 1 / TWICE < off < TWICE:
        return f"{abs(off - 1) * 100:.0f}% too {way}"
    return f"{figure(_two_digits(max(off, 1 / off)))} times too {way}"


def _two_digits(factor: float) -> float:
    return float(f"{factor:.2g}")
