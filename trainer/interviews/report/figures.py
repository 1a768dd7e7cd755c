"""Figures in the candidate's text that stand in the ledger of numbers. Pure.

Only where a figure is unmistakable: a count with its scale (250M, 1.5 billion, 100,000), a time
with its unit (50 ms, 1.5 s, 2 hours), a share in percent. It is matched to a number of the same
value when its sentence also has a telling word of the number's label, and names no other unit right
after the figure. The other numbers of that value are listed apart: they may be chance.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from trainer.catalog.schema import Number, Pack
from trainer.interviews.matching import stems
from trainer.interviews.report.evidence import all_words
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
_SENTENCE = re.compile(r"(?<=[.?!;])\s+|\n+")
_NAMED_WITHIN = 3  # words after a figure in which its unit stands: "250M daily active users"
_TELLS_NOTHING = frozenset(
    stems(
        "day second year time share low high end mean peak before after often told example all "
        "one whole other option each exact out rounded worst case counting number"
    )
)
_NO_COUNT = frozenset({"x", "share", "ms", "s", "h", "CPU-s", "KB", "TB", "PB/year"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the candidate wrote it, in its sentence. `numbers` of the ledger are matched;
    `same_value` are those with nothing in common but the value."""

    written: str
    sentence: str
    numbers: tuple[Number, ...]
    same_value: tuple[Number, ...]


@dataclass(frozen=True)
class _Ledger:
    """The numbers of a pack that can be compared, by kind and value."""

    pack: Pack

    @cached_property
    def by_value(self) -> dict[tuple[Kind, float], list[Number]]:
        found: dict[tuple[Kind, float], list[Number]] = {}
        for number in self.pack.numbers:
            if key := _of_ledger(number):
                found.setdefault(key, []).append(number)
        return found

    @cached_property
    def units(self) -> frozenset[str]:
        """The stems of what is counted: users, followers, tweets."""
        counts = (
            number
            for (kind, _), each in self.by_value.items()
            if kind == "count"
            for number in each
        )
        return frozenset(_unit(number) for number in counts)

    def figure(self, written: str, key: tuple[Kind, float], sentence: str) -> Figure:
        said = set(stems(sentence))
        after = stems(sentence.partition(written)[2])[:_NAMED_WITHIN]
        counts = key[0] == "count"
        named = next((stem for stem in after if counts and stem in self.units), "")
        there = self.by_value[key]
        matched = tuple(
            number
            for number in there
            if named in {"", _unit(number)} and not said.isdisjoint(_telling(number))
        )
        rest = tuple(number for number in there if number not in matched)
        return Figure(written, sentence, matched, rest)


def figures(state: State, pack: Pack) -> tuple[Figure, ...]:
    """The figures of the candidate whose value is in the ledger, each value once, in order: as it
    stands where it is first matched, else where it first stands."""
    ledger = _Ledger(pack)
    found: dict[tuple[Kind, float], Figure] = {}
    for sentence in _sentences(state):
        for written, key in figures_in(sentence):
            if key in ledger.by_value:
                figure = ledger.figure(written, key, sentence)
                if figure.numbers and not (key in found and found[key].numbers):
                    found[key] = figure
                found.setdefault(key, figure)
    return tuple(found.values())


def _sentences(state: State) -> Iterator[str]:
    for words in all_words(state):
        yield from _SENTENCE.split(words.text)


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


def _telling(number: Number) -> set[str]:
    """The stems of a label that speak of this number alone: its unit only where nothing else does
    ("Tweets a day"), since whatever is counted in followers has "followers" beside it."""
    words = set(stems(number.label)) - _TELLS_NOTHING
    return words - {_unit(number)} or words


def _unit(number: Number) -> str:
    """The stem of what a number counts: "tweets/day" counts tweets."""
    return next(iter(stems(number.unit)), "")


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
