"""A task as one round puts it: its figures by the round's seed, and what comes of them. Pure."""

import math
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Final

from trainer.capacity.derivations import constants_to, derivation
from trainer.capacity.errors import InputsError
from trainer.capacity.figures import Figure
from trainer.capacity.inputs import Inputs, described
from trainer.catalog.estimation_schema import Task
from trainer.drills.estimating.amounts import Amount, amount, ratio
from trainer.drills.estimating.parsing import parse_units
from trainer.drills.estimating.showing import shown, shown_number
from trainer.drills.estimating.tokens import tokens
from trainer.drills.estimating.tree import Units

_UNITS: Final = {each.name: each.unit for each in described()}
_SCALES: Final = {"%": 0.01, "share": 1.0, "x": 1.0, "exponent": 1.0}  # units without a word


@cache
def one(unit: str) -> Amount:
    """One of a unit as content and model write it: "bytes/year", "share", "%". Raises
    EstimateError."""
    if unit in _SCALES:
        return amount(_SCALES[unit], Units())
    return amount(1, parse_units(tokens(unit)))


@lru_cache(maxsize=1_000)
def of(value: float, unit: str) -> Amount:
    """So many of a unit. Raises EstimateError."""
    single = one(unit)
    return Amount(single.of * value, single.nouns)


def in_words(value: float, unit: str) -> str:
    """ "500M tweets/day", "5%", "3x", "13.7 KB"."""
    if unit in ("share", "%"):
        return f"{shown_number(value * (100 if unit == 'share' else 1))}%"
    if unit == "x":
        return f"{shown_number(value)}x"
    if unit.startswith("bytes"):
        return shown(of(value, unit))
    return f"{shown_number(value)} {unit}"


@dataclass(frozen=True, slots=True)
class Told:
    """A given number. `value` is in the model's `unit`."""

    input: str
    words: str
    value: float
    unit: str

    @property
    def text(self) -> str:
        return in_words(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Shown:
    """One step of the shortest derivation: the formula in words, the same with its values, and what
    that comes to."""

    label: str
    formula: str
    sum: str
    value: str


@dataclass(frozen=True)
class Posed:
    """`inputs` hold the told numbers, all others being the model's own."""

    task: Task
    told: tuple[Told, ...]
    inputs: Inputs

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The shortest derivation, the target last."""
        return derivation(self.inputs, self.task.target)

    @property
    def target(self) -> Figure:
        return self.figures[-1]

    @cached_property
    def asked(self) -> Amount:
        """One of the unit that was asked for."""
        return one(self.task.unit)

    @cached_property
    def right(self) -> Amount:
        return of(self.target.value, self.target.unit)

    @property
    def right_text(self) -> str:
        """The right answer in the unit that was asked for."""
        return in_words(ratio(self.right, self.asked), self.task.unit)

    @property
    def derivation(self) -> list[Shown]:
        """The figures, to be read: in the words of the task, and with units."""
        words = {name: words for name, (words, _) in _CONSTANTS.items()}
        words |= {told.input: told.words for told in self.told}
        words |= {figure.name: _in_a_sentence(figure.label) for figure in self.figures}
        values = {name: value for name, (_, value) in _CONSTANTS.items()}
        values |= {told.input: _factor(told.value, told.unit) for told in self.told}
        values |= {figure.name: _factor(figure.value, figure.unit) for figure in self.figures}
        return [
            Shown(
                figure.label,
                _written_out(figure.formula, words),
                _written_out(figure.formula, values),
                in_words(figure.value, figure.unit),
            )
            for figure in self.figures
        ]

    @property
    def constants(self) -> tuple[str, ...]:
        return constants_to(self.task.target)

    def without(self, told: Told) -> float:
        """How many times the target is what it would be if `told` had been left out, that is, were
        1, or for a share 0. NaN where that says nothing."""
        neutral = 0.0 if told.unit == "share" else 1.0
        power = self.power(told)
        if told.unit != "share":
            return told.value**power if abs(abs(power) - 1) < _EXACT else float("nan")
        other = derivation(replace(self.inputs, **{told.input: neutral}), self.task.target)[-1]
        return self.target.value / other.value if other.value else float("nan")

    def power(self, told: Told) -> float:
        """How the target follows it: 1 where it multiplies, -1 where it divides, 0 where it is not
        needed, between where it adds."""
        if told.input not in self.target.inputs or not self.target.value:
            return 0.0
        nudge, inputs = self._nudged(told)
        moved = derivation(inputs, self.task.target)[-1].value / self.target.value
        return math.log(moved) / math.log(nudge) if moved > 0 else 0.0

    def _nudged(self, told: Told) -> tuple[float, Inputs]:
        """The inputs with `told` moved by a factor: some are at their top, some at their bottom."""
        try:
            return _DOWN, replace(self.inputs, **{told.input: told.value * _DOWN})
        except InputsError:
            return _UP, replace(self.inputs, **{told.input: told.value * _UP})


def _written_out(formula: str, said: Mapping[str, str]) -> str:
    """The formula with what is said for each name. What only brings one unit to another is left
    out, as the units say it."""
    formula = _ONE_NAME.sub(r"\1", _CONVERSION.sub("", formula))
    written = _NAME.sub(lambda name: said.get(name.group(), name.group()), formula)
    return written.replace("*", "\u00d7")


def _factor(value: float, unit: str) -> str:
    """A value in a sum: a factor of 2 is a bare 2."""
    return shown_number(value) if unit == "x" else in_words(value, unit)


def _in_a_sentence(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]  # CPU stays


_NAME: Final = re.compile(r"[a-z]\w*")
_CONVERSION: Final = re.compile(r" \* (?:ms_per_s|bytes_per_\w+byte)\b")
_ONE_NAME: Final = re.compile(r"\((\w+)\)")
_CONSTANTS: Final[Mapping[str, tuple[str, str]]] = {
    "seconds_per_day": ("seconds of a day", "86,400 s"),
    "days_per_year": ("days of a year", "365 days"),
}
_DOWN: Final = 0.999
_UP: Final = 1.001
_EXACT: Final = 0.01


def posed(task: Task, seed: int) -> Posed:
    """The task with the figures that the seed gives it: the same again for the same seed."""
    chance = random.Random(f"{seed}:{task.id}")  # noqa: S311 (a choice to replay, not a secret)
    own = Inputs()
    values = {
        each.input: float(chance.choice(each.one_of) if each.one_of else getattr(own, each.input))
        for each in task.given
    }
    told = [
        Told(each.input, each.words, values[each.input], _UNITS[each.input]) for each in task.given
    ]
    return Posed(task, tuple(told), replace(own, **values))


def by_id(tasks: Sequence[Task]) -> dict[str, Task]:
    return {task.id: task for task in tasks}
