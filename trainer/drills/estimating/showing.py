"""How values are shown: "350B writes/day", "2.5 PB/year". Pure."""

from collections.abc import Iterable
from typing import Final

from trainer.drills.estimating.amounts import Amount
from trainer.drills.estimating.units import is_time, quantity
from trainer.drills.estimating.words import plural

_SCALES: Final = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
_SIZES: Final = (
    (1e18, "EB"),
    (1e15, "PB"),
    (1e12, "TB"),
    (1e9, "GB"),
    (1e6, "MB"),
    (1e3, "KB"),
    (0, "B"),
)
_SHORT: Final = {"second": "s", "millisecond": "ms", "microsecond": "µs", "minute": "min"}
_WHOLE: Final = ("hour", "day", "week", "month", "year")
_PLAIN_BELOW: Final = 10_000


def shown_number(value: float) -> str:
    """Four digits at most: "350B", "4.05M", "1,500", "0.00191"."""
    value = float(f"{value:.4g}")
    size = abs(value)
    if size >= 1e15 or 0 < size < 1e-4:
        return f"{value:.4g}".replace("e+", "e").replace("e-0", "e-")
    if size < _PLAIN_BELOW:
        return f"{value:,.4g}" if size < 1_000 else f"{round(value):,}"
    for scale, letter in _SCALES:
        if round(size) >= scale:
            return f"{value / scale:,.4g}{letter}"
    return f"{value:g}"


def shown(of: Amount) -> str:
    """With its units: sizes in the largest that fits, times as they were written. What is counted
    is left out where a time or a size stands above the stroke."""
    value, units = _sized(of)
    above = [_powered(name, power, many=value != 1) for name, power in units if power > 0]
    below = [_powered(name, -power) for name, power in units if power < 0]
    above = above or [plural(noun) for noun, power in of.nouns if power > 0]
    below += [noun for noun, power in of.nouns if power < 0]
    text = f"{shown_number(value)} {'·'.join(above)}".strip()
    return "/".join([text, *below])


def _powered(name: str, power: int, *, many: bool = False) -> str:
    """ "day", "days", "day^2"."""
    word = f"{name}s" if many and name in _WHOLE else name
    return word if power == 1 else f"{name}^{power}"


def _sized(of: Amount) -> tuple[float, list[tuple[str, int]]]:
    """The number and its measures: one unit of time, and the data in one that is short to say."""
    data, times = int(of.dimensions.get("[data]", 0)), _times(of)
    value = float(of.of.to(quantity(1, (("byte", data), *times)).units).magnitude)
    if data != 1:
        return value, [*([("B", data)] if data else []), *_short(times)]
    size, short = next(each for each in _SIZES if abs(value) >= each[0])
    return value / (size or 1), [(short, 1), *_short(times)]


def _times(of: Amount) -> tuple[tuple[str, int], ...]:
    """The unit of time that was written, with the power that is left of all of them."""
    power = round(of.dimensions.get("[time]", 0))
    names = [str(name) for name, _ in of.of.unit_items() if is_time(str(name))]
    return ((names[0], power),) if power else ()


def _short(units: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(_SHORT.get(name, name), power) for name, power in units]
