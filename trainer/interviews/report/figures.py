"""Figures in the candidate's text against the ledger of numbers. Pure.

Only where a figure is unmistakable: a count with its scale (250M, 1.5 billion, 100,000), a time
with its unit (50 ms, 1.5 s, 2 hours), a share in percent. Words of the content right beside it
("DAU") name its number; else it is matched to a number of the same value when its sentence also has
a telling word of the number's label, and names no other unit right after the figure. The other
numbers of that value are listed apart: they may be chance.

A figure is wrong only where it is named and has another value: never on a guess.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from trainer.catalog.schema import Number, Pack
from trainer.grading.offline.numbers import Reading, readings
from trainer.interviews.matching import stems
from trainer.interviews.report.evidence import all_words
from trainer.interviews.report.naming import Named, named_beside
from trainer.interviews.state import State

Kind = Literal["count", "time", "share"]
Verdict = Literal["right", "contested", "wrong", "open"]
LEAST_COUNT = 10_000.0  # below it a bare count may mean anything
LEAST_SCALED = 1_000.0  # "a thousand" is one, "a hundred" is a way of speaking

_TIMES = frozenset({"ms", "s", "min", "h"})
_JOINED = re.compile(r"(?<=\d)-(?=[A-Za-z])")  # "50-millisecond"
_A_SECOND = re.compile(r"(?:an?|full|whole)\b", re.IGNORECASE)  # of "10K reads a second"
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
    """A figure as the candidate wrote it, in its sentence of message `seq` (0: the outline).

    `numbers` of the ledger are matched; `same_value` are those with nothing in common but the
    value; `meant` is the number that a wrong figure was named as.
    """

    written: str
    sentence: str
    numbers: tuple[Number, ...] = ()
    same_value: tuple[Number, ...] = ()
    meant: Number | None = None
    seq: int = 0

    @property
    def verdict(self) -> Verdict:
        """Open: there is nothing to judge by. Contested: no matched number is undisputed."""
        if self.meant:
            return "wrong"
        if not self.numbers:
            return "open"
        return "contested" if all(n.status == "contested" for n in self.numbers) else "right"

    @property
    def in_ledger(self) -> bool:
        return bool(self.numbers or self.same_value or self.meant)


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

    def figures(
        self, ends: "list[_Found]", sentence: str, seq: int
    ) -> Iterator[tuple[tuple[Kind, float], Figure]]:
        """A figure, or the two ends of a range: that is right at both of them or is not judged."""
        figures = [self.figure(each, sentence, seq) for each in ends]
        judged = len(figures) == 1 or all(figure.numbers for figure in figures)
        for each, figure in zip(ends, figures, strict=True):
            same = (*figure.numbers, *figure.same_value)
            open_ = Figure(figure.written, sentence, same_value=same, seq=seq)
            yield each.key, figure if judged else open_

    def figure(self, found: "_Found", sentence: str, seq: int) -> Figure:
        there = self.by_value.get(found.key, [])
        beside = named_beside(sentence, found.start, found.end, self.pack)
        if beside:
            return self._named(beside, found, sentence, seq)
        said = set(stems(sentence))
        after = stems(sentence[found.end :])[:_NAMED_WITHIN]
        counts = found.key[0] == "count"
        unit = next((stem for stem in after if counts and stem in self.units), "")
        matched = tuple(
            number
            for number in there
            if unit in {"", _unit(number)} and not said.isdisjoint(_telling(number))
        )
        rest = tuple(number for number in there if number not in matched)
        return Figure(found.written, sentence, matched, rest, seq=seq)

    def _named(self, beside: Named, found: "_Found", sentence: str, seq: int) -> Figure:
        """What the words beside it name, and no other number of that value."""
        kind, value = found.key
        compared = [(number, _of_ledger(number)) for number in beside.numbers]
        same = tuple(number for number, key in compared if key == found.key)
        if same:
            return Figure(found.written, sentence, same, seq=seq)
        near = any(
            key and key[0] == kind and key[1] / beside.factor <= value <= key[1] * beside.factor
            for _, key in compared
        )
        one_kind = compared[0][1] is not None and compared[0][1][0] == kind
        wrong = one_kind and not near and not beside.guarded
        return Figure(found.written, sentence, meant=compared[0][0] if wrong else None, seq=seq)


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure in a sentence: characters `start` to `end`, its kind and value."""

    written: str
    start: int
    end: int
    key: tuple[Kind, float]


def figures(state: State, pack: Pack) -> tuple[Figure, ...]:
    """The candidate's figures, each value once, in order: as it stands where it is first judged,
    else where it first stands. Those that are in no ledger come too; a wrong one always."""
    ledger = _Ledger(pack)
    found: dict[tuple[Kind, float], Figure] = {}
    for words in all_words(state):
        for sentence in _SENTENCE.split(words.text):
            for ends in _found_in(sentence):
                for key, figure in ledger.figures(ends, sentence, words.seq):
                    known = found.get(key)
                    if known is None or (known.verdict == "open" and figure.verdict != "open"):
                        found.pop(key, None)
                        found[key] = figure
    return tuple(found.values())


def figures_in(text: str) -> Iterator[tuple[str, tuple[Kind, float]]]:
    """Every unmistakable figure of a text as written, with its kind and value: a count, seconds,
    or a share (0 to 1)."""
    for ends in _found_in(text):
        for each in ends:
            yield each.written, each.key


def _found_in(text: str) -> Iterator[list[_Found]]:
    """Each figure; of a range both ends."""
    for reading in readings(_JOINED.sub(" ", text)):
        end = max(reading.end, reading.unit_end) if reading.unit in {*_TIMES, "%"} else reading.end
        written = text[reading.start : end]
        values = dict.fromkeys((reading.low, reading.high))
        keys = (_key(reading, value, written) for value in values)
        yield [_Found(written, reading.start, end, key) for key in keys if key]


def _key(reading: Reading, value: float, written: str) -> tuple[Kind, float] | None:
    """The kind and value of a number that was read; None for one that may mean anything."""
    if reading.unit == "%":
        return "share", round(value / 100, 6)
    if reading.unit in _TIMES:
        seconds = value * ((reading.seconds or (0.0, 0.0))[1] / (reading.high or 1.0))
        return None if _A_SECOND.match(written) else ("time", round(seconds, 6))
    if reading.unit in {"x", "split", "bytes"}:
        return None
    bare = written.replace(",", "").isdigit()
    return ("count", round(value, 3)) if value >= (LEAST_COUNT if bare else LEAST_SCALED) else None


def _telling(number: Number) -> set[str]:
    """The stems of a label that speak of this number alone: its unit only where nothing else does
    ("Tweets a day"), since whatever is counted in followers has "followers" beside it."""
    words = set(stems(number.label)) - _TELLS_NOTHING
    return words - {_unit(number)} or words


def _unit(number: Number) -> str:
    """The stem of what a number counts: "tweets/day" counts tweets."""
    return next(iter(stems(number.unit)), "")


def _of_ledger(number: Number) -> tuple[Kind, float] | None:
    """The kind and value under which a number is found; None for those that are not compared."""
    seconds = {"ms": 1e-3, "s": 1.0, "h": 3600.0}
    if number.unit in seconds:
        return "time", round(number.value * seconds[number.unit], 6)
    if number.unit == "share":
        return "share", round(number.value, 6)
    if number.unit in _NO_COUNT:
        return None
    return "count", round(number.value, 3)
