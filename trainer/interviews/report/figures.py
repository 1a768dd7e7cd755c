"""Figures in the candidate's text that stand in the ledger of numbers. Pure.

Compared by value alone, and only where a figure is unmistakable: a count with its scale (250M,
1.5 billion, 100,000), a time with its unit (50 ms, 1.5 s, 2 hours), a share in percent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from trainer.catalog.schema import Number, Pack
from trainer.interviews.report.evidence import Words, all_words
from trainer.interviews.state import State

Kind = Literal["count", "time", "share"]
LEAST_COUNT = 10_000.0  # below it a bare count may mean anything

_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9}
_SCALES |= {"billion": 1e9, "t": 1e12, "trillion": 1e12, "": 1.0}
_SECONDS = {"ms": 1e-3, "s": 1.0, "sec": 1.0, "second": 1.0, "h": 3600.0, "hour": 3600.0}
_SECONDS |= {"millisecond": 1e-3, "min": 60.0, "minute": 60.0}
_FIGURE = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[\s-]?(thousand|million|billion|trillion|bn|[kmbt])\b"
    r"|[\s-]?(ms|milliseconds?|s|secs?|seconds?|min|minutes?|h|hours?)\b|\s?(%))?",
    re.IGNORECASE,
)
_NO_COUNT = frozenset({"x", "share", "ms", "s", "h", "CPU-s", "KB", "TB", "PB/year"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the candidate wrote it, and the numbers of the ledger with its value."""

    written: str
    words: Words
    numbers: tuple[Number, ...]


def figures(state: State, pack: Pack) -> tuple[Figure, ...]:
    """The figures of the candidate that are in the ledger, each value once, in order."""
    ledger: dict[tuple[Kind, float], list[Number]] = {}
    for number in pack.numbers:
        if key := _of_ledger(number):
            ledger.setdefault(key, []).append(number)
    found: dict[tuple[Kind, float], Figure] = {}
    for words in all_words(state):
        for written, key in figures_in(words.text):
            if key in ledger and key not in found:
                found[key] = Figure(written, words, tuple(ledger[key]))
    return tuple(found.values())


def figures_in(text: str) -> Iterator[tuple[str, tuple[Kind, float]]]:
    """Every unmistakable figure of a text as written, with its kind and value: a count, seconds,
    or a share (0 to 1)."""
    for match in _FIGURE.finditer(text):
        digits, scale, unit, percent = match.groups()
        value = float(digits.replace(",", ""))
        if percent:
            yield match[0], ("share", round(value / 100, 6))
        elif unit:
            yield match[0], ("time", _seconds(value, unit.lower()))
        elif scale or value >= LEAST_COUNT:
            yield match[0], ("count", round(value * _SCALES[(scale or "").lower()], 3))


def _seconds(value: float, unit: str) -> float:
    known = unit if unit in _SECONDS else unit.removesuffix("s")
    return round(value * _SECONDS[known], 6)


def _of_ledger(number: Number) -> tuple[Kind, float] | None:
    """The kind and value under which a number is found; None for those that are not compared."""
    if number.unit in {"ms", "s", "h"}:
        return "time", _seconds(number.value, number.unit)
    if number.unit == "share":
        return "share", round(number.value, 6)
    if number.unit in _NO_COUNT:
        return None
    return "count", round(number.value, 3)
