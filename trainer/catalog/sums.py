"""The sums of the ledger, worked out when they are shown: a formula with names, with values, and
what it gives. Pure."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trainer.catalog.numbers import evaluate, split
from trainer.catalog.schema import Number, Status

# What to do with a number of each status in an interview.
USE: Final[dict[Status, str]] = {
    "confirmed": "say it",
    "derived": "show the sum",
    "assumption": "say “assume”",
    "contested": "know the catch",
}

NO_VALUE: Final = "\N{EN DASH}"
DIGITS: Final = 4  # significant ones
_SCALES: Final = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
_SCALED_FROM: Final = 1e5  # 57,870 is as short as 57.87K
_NAMED_TO: Final = 1e16
_SYMBOLS: Final = frozenset({"s", "ms", "h", "CPU-s", "KB", "TB", "PB/year"})
MINUS: Final = "\N{MINUS SIGN}"
_TIMES: Final = "\N{MULTIPLICATION SIGN}"
_SIGNS: Final = str.maketrans({"*": _TIMES, "/": "\N{DIVISION SIGN}", "-": MINUS})
_POWER: Final = re.compile(r" *\*\* *")
_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a formula: `text` as written, and the `number` where that is its slug."""

    text: str
    number: Number | None = None

    @property
    def shown(self) -> str:
        """With the number's value in the place of its name."""
        return amount(self.number.value, self.number.unit) if self.number else self.text


@dataclass(frozen=True, slots=True)
class Sum:
    """A number's formula and what it gives now. `value` is in the number's unit; `told`: how the
    guide rounds it, "" where it tells the same."""

    pieces: tuple[Piece, ...]
    value: float
    result: str
    told: str

    @property
    def reads(self) -> bool:
        """Whether it reads other numbers, whose values can stand in its place."""
        return any(piece.number for piece in self.pieces)


def sum_of(number: Number, ledger: Mapping[str, Number]) -> Sum | None:
    """The sum of a number with a formula, evaluated; None for one without."""
    if number.formula is None:
        return None
    values = {slug: each.value for slug, each in ledger.items()}
    value = evaluate(number.formula, values)
    result = amount(value, number.unit)
    same = result == number.text or math.isclose(value, number.value, rel_tol=1e-9)
    return Sum(pieces(number.formula, ledger), value, result, "" if same else number.text)


def pieces(formula: str, ledger: Mapping[str, Number]) -> tuple[Piece, ...]:
    """A formula cut at the names of the ledger; what stands between them is written with signs."""
    return tuple(
        Piece(text, ledger[text]) if is_slug else Piece(_POWER.sub("^", text).translate(_SIGNS))
        for text, is_slug in split(formula)
    )


def amount(value: float, unit: str) -> str:
    """A value as it is told in that unit, with at most four significant digits: 332.5B, 55.56%,
    146.7x, 810 ms, 5,787. What is counted (users, writes/day) is not named."""
    if not math.isfinite(value):
        return NO_VALUE
    if value < 0:
        return f"{MINUS}{amount(-value, unit)}"
    if unit == "share":
        return f"{_figure(value * 100)}%"
    if unit == "x":
        return f"{_figure(value)}x"
    if unit in _SYMBOLS:
        return f"{_figure(value)} {unit.partition('/')[0]}"
    return _figure(value)


def _figure(value: float) -> str:
    value = float(f"{value:.{DIGITS}g}")
    if value >= _NAMED_TO or 0 < value < 1e-6:
        mantissa, _, power = f"{value:.{DIGITS - 1}e}".partition("e")
        return f"{float(mantissa):g} {_TIMES} 10{str(int(power)).translate(_RAISED)}"
    for scale, letter in _SCALES:
        if value >= max(scale, _SCALED_FROM):
            return f"{_plain(value / scale)}{letter}"
    return _plain(value)


def _plain(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}"
    places = max(0, DIGITS - 1 - math.floor(math.log10(value)))
    return f"{value:,.{places}f}".rstrip("0").rstrip(".")
