"""A task as one round puts it: its figures by the round's seed, and what comes of them. Pure."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from trainer.capacity.derivations import constants_to, derivation
from trainer.capacity.figures import Figure
from trainer.capacity.inputs import Inputs, described
from trainer.catalog.estimation_schema import Task
from trainer.drills.estimating.amounts import Amount, amount
from trainer.drills.estimating.parsing import parse_units
from trainer.drills.estimating.showing import shown, shown_number
from trainer.drills.estimating.tokens import tokens
from trainer.drills.estimating.tree import Units

_UNITS: Final = {each.name: each.unit for each in described()}
_SCALES: Final = {"%": 0.01, "share": 1.0, "x": 1.0, "exponent": 1.0}  # units without a word


def one(unit: str) -> Amount:
    """One of a unit as content and model write it: "bytes/year", "share", "%". Raises
    EstimateError."""
    if unit in _SCALES:
        return amount(_SCALES[unit], Units())
    return amount(1, parse_units(tokens(unit)))


def of(value: float, unit: str) -> Amount:
    """So many of a unit. Raises EstimateError."""
    single = one(unit)
    return Amount(single.of * value, single.nouns)


def ratio(left: Amount, right: Amount) -> float:
    """left / right, both of one dimension; infinite where the right is nothing."""
    if right.number == 0:
        return float("inf")
    return float((left.of / right.of).to("").magnitude)


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
        """The figures, to be read."""
        return [
            Shown(
                figure.label,
                figure.formula.replace("_", " ").replace("*", "\u00d7"),
                _LONG.sub(_shortened, figure.sum).replace("*", "\u00d7"),
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
        nudged = replace(self.inputs, **{told.input: told.value * _NUDGE})
        moved = derivation(nudged, self.task.target)[-1].value / self.target.value
        return (moved - 1) / (_NUDGE - 1) if moved >= 1 else -(1 / moved - 1) / (_NUDGE - 1)


def _shortened(match: re.Match[str]) -> str:
    value = float(match.group().replace(",", ""))
    return shown_number(value) if value >= _SHORT_FROM else match.group()


_LONG: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?![.\d])")
_SHORT_FROM: Final = 100_000  # 86,400 stays as it is
_NUDGE: Final = 0.999  # downwards, as some inputs are at their top
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
