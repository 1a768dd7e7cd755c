"""Amounts as people type them, read. Pure."""

import math
import re
from typing import Final

LONGEST: Final = 60
NUMBER: Final = re.compile(
    r"(?:~|about )?(?P<digits>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)"
    r"(?P<power>e[+-]?\d{1,3})? ?(?P<rest>.*)"
)
COMMA: Final = re.compile(r"\d+,\d{1,2}(?!\d)")
SCALES: Final = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
    "t": 1e12,
    "tn": 1e12,
    "trillion": 1e12,
}
EXAMPLES: Final = "such as 1,000 or 2.5 million"


class NotAnAmount(ValueError):
    """What was typed is no amount; the message says what to type."""


def read_amount(text: str, unit: str = "") -> float:
    """The number in "1,000", "1.5M", "100k", "2e6", "3 billion", "50%", "0.5" or " 20 ms ".

    `unit` is the one asked for, and may be typed or left out. Raises NotAnAmount, a ValueError
    whose message is a sentence with the remedy.
    """
    typed = " ".join(text.split())
    if not typed:
        raise NotAnAmount(f"Type a number {EXAMPLES}, or say that you have no idea.")
    if len(typed) > LONGEST:
        raise NotAnAmount(f"That is {len(typed)} characters long: type one number {EXAMPLES}.")
    value = _value(typed, unit)
    if not math.isfinite(value):
        raise NotAnAmount(f"“{typed}” is too large to compare: type a smaller number.")
    return value


def _value(typed: str, unit: str) -> float:
    lowered = typed.lower()
    if lowered.startswith(("-", "\N{MINUS SIGN}")):
        raise NotAnAmount(f"“{typed}” is below zero: type zero or more.")
    if COMMA.match(lowered):
        raise NotAnAmount(
            f"“{typed}” can be read in two ways: write 1.5 with a point, 1,000 with a comma."
        )
    if not (found := NUMBER.fullmatch(lowered)):
        raise NotAnAmount(f"“{typed}” is not a number: type one {EXAMPLES}.")
    digits = found["digits"].replace(",", "").replace(" ", "")
    return float(digits + (found["power"] or "")) * _scale(typed, found["rest"], unit.lower())


def _scale(typed: str, rest: str, unit: str) -> float:
    """What the words after the number multiply it by. The unit is looked for first: "ms" is no
    million of seconds."""
    if _is_unit(rest, unit):
        return 1.0
    word, _, more = rest.partition(" ")
    if word in SCALES and _is_unit(more, unit):
        return SCALES[word]
    asked = f"in {unit}" if unit else "as a number alone"
    raise NotAnAmount(f"“{typed}” is not understood: give the amount {asked}, {EXAMPLES}.")


def _is_unit(word: str, unit: str) -> bool:
    """Also in the singular, and nothing at all. A per cent sign where no unit is asked for."""
    return word in {"", unit, unit.removesuffix("s")} or (word == "%" and not unit)
