"""The units of estimates, by pint. Pure.

pint is loaded when the first estimate is read: importing it takes as long as a third of a second,
which no other page of the site should wait for.
"""

from functools import cache, lru_cache
from importlib import import_module
from typing import Any, Final

Measured = Any  # pint's Quantity: its declared types do not follow its arithmetic

# Decimal sizes, as data sheets have them; a year has 365 days, as in anybody's head.
_DEFINITIONS: Final = (
    "second = [time]",
    "millisecond = 0.001 second",
    "microsecond = 0.000001 second",
    "minute = 60 second",
    "hour = 60 minute",
    "day = 24 hour",
    "week = 7 day",
    "year = 365 day",
    "month = year / 12",
    "byte = [data]",
    "bit = byte / 8",
    "kilobit = 1e3 bit",
    "megabit = 1e6 bit",
    "gigabit = 1e9 bit",
    "kilobyte = 1e3 byte",
    "megabyte = 1e6 byte",
    "gigabyte = 1e9 byte",
    "terabyte = 1e12 byte",
    "petabyte = 1e15 byte",
    "exabyte = 1e18 byte",
    "kibibyte = 1024 byte",
    "mebibyte = 1024 kibibyte",
    "gibibyte = 1024 mebibyte",
    "tebibyte = 1024 gibibyte",
)


@cache
def registry() -> Any:
    """The one registry: time and data, and nothing of physics."""
    made = import_module("pint").UnitRegistry(None)
    for definition in _DEFINITIONS:
        made.define(definition)
    return made


def quantity(magnitude: float, powers: tuple[tuple[str, int], ...] = ()) -> Measured:
    """`magnitude` in the product of units, each with its power: (("byte", 1), ("year", -1))."""
    return registry().Quantity(magnitude, _product(powers))


@lru_cache(maxsize=1_000)
def _product(powers: tuple[tuple[str, int], ...]) -> Any:
    units = registry()
    unit = units.UnitsContainer({})
    for name, power in powers:
        unit = unit * units.UnitsContainer({name: power})
    return units.Unit(unit)


@cache
def is_time(name: str) -> bool:
    """Whether the unit measures time; otherwise it measures data."""
    return "[time]" in quantity(1, ((name, 1),)).dimensionality
