"""The usual slips, found by working them out: which single one would give what was said. Pure."""

import math
from collections.abc import Iterator
from typing import Final

from trainer.drills.estimating.posed import Posed, Told

_CLOSE: Final = 0.06  # as far as a rounded head may be off, and still it is this slip
_OF_A_DAY: Final = 0.2  # 86,400 is often 100,000
_CONSTANTS: Final[dict[str, tuple[float, str, float]]] = {
    "seconds_per_day": (86_400, "the 86,400 seconds of a day", _OF_A_DAY),
    "days_per_year": (365, "the 365 days of a year", _CLOSE),
}
_OF_A_SECOND: Final = (24, 60, 1_440, 3_600)
_THOUSANDS: Final = ((1e3, "a thousand"), (1e6, "a million"), (1e9, "a billion"))
MOST: Final = 2


def slips(posed: Posed, ratio: float) -> tuple[str, ...]:
    """Sentences for what may have gone wrong, `ratio` being what was said over what is right."""
    return tuple(_slips(posed, ratio))[:MOST] if ratio > 0 else ()


def _is(ratio: float, factor: float, within: float = _CLOSE) -> bool:
    if not factor > 0 or abs(math.log(factor)) < math.log(1 + _CLOSE):
        return False
    return abs(math.log(ratio / factor)) <= math.log(1 + within)


def _slips(posed: Posed, ratio: float) -> Iterator[str]:
    for name, (value, words, within) in _CONSTANTS.items():
        if _is(ratio, value, within) or _is(ratio, 1 / value, within):
            if name not in posed.constants:
                yield f"Did you use {words}? Here they are not needed."
            elif (ratio > 1) == (name == "seconds_per_day"):
                verb = "divide by" if name == "seconds_per_day" else "multiply by"
                yield f"Did you forget to {verb} {words}?"
            else:
                yield f"Did you use {words} twice?"
    if "seconds_per_day" in posed.constants and any(_is(ratio, each) for each in _OF_A_SECOND):
        yield "Is one of 24 hours, 60 minutes and 60 seconds missing?"
    if "[data]" in posed.right.dimensions:
        if _is(ratio, 8) or _is(ratio, 1 / 8):
            yield "A byte has 8 bits: were bits and bytes mixed?"
        if _is(ratio, 1e9):
            yield "10B is ten billion: write bytes as 10 bytes, or as 10 B with a space."
    if posed.task.unit == "%" and (_is(ratio, 100) or _is(ratio, 1 / 100)):
        yield "Write a share as 45% or as 0.45."
    for told in posed.told:
        yield from _of(told, posed, ratio)
    for value, words in _THOUSANDS:
        if _is(ratio, value) or _is(ratio, 1 / value):
            yield f"That is {words} off: check each K, M, B and T."
    if _is(ratio, 10) or _is(ratio, 0.1):
        yield "That is one nought: count them again."


def _of(told: Told, posed: Posed, ratio: float) -> Iterator[str]:
    """Left out, used twice, or the wrong way round."""
    factor, named = posed.without(told), f"“{told.words}” ({told.text})"
    if told.input not in posed.target.inputs:
        if _is(ratio, told.value) or _is(ratio, 1 / told.value):
            yield f"Did you use {named}? It is not needed."
        for other in posed.told:
            if other.unit == told.unit and _is(
                ratio, (told.value / other.value) ** posed.power(other)
            ):
                yield f"Did you take {named} for “{other.words}” ({other.text})?"
    elif _is(ratio, 1 / factor):
        yield f"Did you leave out {named}?"
    elif told.unit != "share" and _is(ratio, factor):
        yield f"Did you use {named} twice?"
    elif told.unit != "share" and _is(ratio, 1 / factor**2):
        way = "divided by" if posed.power(told) > 0 else "multiplied by"
        yield f"Have you {way} {named}? It is the other way round."
