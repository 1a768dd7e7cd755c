"""Numbers as a person reads them. Pure."""

import math
import re
from typing import Final

DIGITS: Final = 4  # significant ones, of what is not a whole number
TIMED: Final = 3  # of what a clock gave: the next run already differs in the second
TIMES: Final = frozenset(
    {"ms", "s", "min", "\N{MICRO SIGN}s", "\N{GREEK SMALL LETTER MU}s", "CPU-s", "CPU-ms"}
)
BILLION: Final = 1e9
SCALES: Final = ((1e12, "trillion"), (1e9, "billion"))
TOO_LARGE: Final = 1e16  # a power of ten reads better than thousands of trillions
TOO_SMALL: Final = 1e-4
# The noun at the head of "writes/day" or "tweets a second"; "ms", "s" and "CPU-s" are symbols.
PLURAL: Final = re.compile(r"(?P<stem>[a-z]{3,})s(?=$|[ /])")
RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def shown(value: float, unit: str = "") -> str:
    """`value` with its unit: "12,345 writes", "0.42 ms", "350 billion writes/day", "3.2x", "45%".

    Whole numbers below a billion are exact; the others have at most four significant digits,
    times three.
    """
    text = figure(value, digits_of(unit))
    if not unit:
        return text
    if unit in {"x", "%"}:
        return text + unit
    return f"{text} {_singular(unit) if text == '1' else unit}"


def digits_of(unit: str) -> int:
    """How many significant ones an amount of that unit has."""
    return TIMED if unit in TIMES else DIGITS


def figure(value: float, digits: int = DIGITS) -> str:
    """The same without a unit."""
    if not math.isfinite(value):
        return "\N{EN DASH}"
    if value < 0:
        return f"-{figure(-value, digits)}"
    if value >= TOO_LARGE or 0 < value < TOO_SMALL:
        return _power(value)
    for scale, word in SCALES:
        if not _exact(value) and _rounded(value, digits) >= scale:
            return f"{_plain(value / scale, digits)} {word}"
    return _plain(value, digits)


def _plain(value: float, digits: int) -> str:
    if _exact(value):
        return f"{int(value):,}"
    value = _rounded(value, digits)
    if value == int(value):
        return f"{int(value):,}"
    places = max(0, digits - 1 - math.floor(math.log10(value)))
    return f"{value:,.{places}f}".rstrip("0").rstrip(".")


def _exact(value: float) -> bool:
    return value < BILLION and value == int(value)


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")


def _power(value: float) -> str:
    mantissa, exponent = f"{value:.2e}".split("e")
    raised = str(int(exponent)).translate(RAISED)
    return f"{float(mantissa):g} \N{MULTIPLICATION SIGN} 10{raised}"


def _singular(unit: str) -> str:
    def one(found: re.Match[str]) -> str:
        stem = found["stem"]
        return f"{stem[:-2]}y" if stem.endswith("ie") else stem

    return PLURAL.sub(one, unit, count=1) if PLURAL.match(unit) else unit
