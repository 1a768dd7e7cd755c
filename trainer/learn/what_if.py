"""What follows from a number, and what would follow from other values. Pure."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from trainer.catalog.numbers import FormulaError, evaluate, slugs_in
from trainer.catalog.schema import Number
from trainer.catalog.sums import MINUS, NO_VALUE, amount
from trainer.grading.amounts import read_amount
from trainer.learn.units import counted_in

LONGEST: Final = 40  # characters of a typed value
_KINDS: Final = {"share": "a share such as 5%", "x": "a factor such as 10x"}


@dataclass(frozen=True, slots=True)
class Field:
    """A number that may be given another value. `told` is its own, as one would type it; `typed`
    what stands in the box; `problem` a sentence where that cannot be used."""

    number: Number
    told: str
    typed: str
    value: float
    problem: str = ""

    @property
    def counted_in(self) -> str:
        """The unit in words, "" where `told` names it."""
        return "" if self.told.endswith(f" {self.number.unit}") else counted_in(self.number)

    @property
    def is_changed(self) -> bool:
        return not self.problem and self.value != self.number.value


@dataclass(frozen=True, slots=True)
class Followed:
    """A number worked out anew. `yours` is in its unit; None where there is no value, as `problem`
    says. `factor`: yours against the same sum with the guide's values, None where there is none."""

    number: Number
    yours: float | None
    factor: float | None
    problem: str = ""

    @property
    def shown(self) -> str:
        return NO_VALUE if self.yours is None else amount(self.yours, self.number.unit)

    @property
    def times(self) -> str:
        """ "2x", or "the same"."""
        if self.factor is None:
            return NO_VALUE
        return "the same" if math.isclose(self.factor, 1) else amount(self.factor, "x")


def readers(ledger: Mapping[str, Number], slug: str) -> tuple[Number, ...]:
    """The numbers whose formula reads this one, in the order of the ledger."""
    return tuple(n for n in ledger.values() if n.formula and slug in slugs_in(n.formula))


def downstream(ledger: Mapping[str, Number], slugs: Iterable[str]) -> tuple[Number, ...]:
    """All numbers that follow from these, also through others, each after what it reads."""
    found = set(slugs)
    given = frozenset(found)
    waiting = list(found)
    while waiting:
        for number in readers(ledger, waiting.pop()):
            if number.slug not in found:
                found.add(number.slug)
                waiting.append(number.slug)
    return tuple(_in_turn(ledger, [n.slug for n in ledger.values() if n.slug in found - given]))


def fields(ledger: Mapping[str, Number], number: Number, asked: Mapping[str, str]) -> list[Field]:
    """What can be changed to ask what if: the numbers that its formula reads, or itself. `asked`:
    what was typed, by slug."""
    reads = list(dict.fromkeys(slugs_in(number.formula or ""))) or [number.slug]
    if number.formula and reads == [number.slug]:
        return []  # arithmetic over nothing but figures
    return [_field(ledger[slug], asked.get(slug, "")) for slug in reads]


def followed(ledger: Mapping[str, Number], changed: Mapping[str, float]) -> list[Followed]:
    """Every number that follows from the `changed` ones (by slug), each after what it reads."""
    given = {slug: number.value for slug, number in ledger.items()}
    before, after = dict(given), {**given, **changed}
    found = []
    for number in downstream(ledger, changed):
        base, _ = _worked(number, before)
        yours, problem = _worked(number, after)
        before[number.slug] = given[number.slug] if base is None else base
        after[number.slug] = math.nan if yours is None else yours
        factor = yours / base if base and yours is not None else None
        found.append(Followed(number, yours, factor, problem))
    return found


def _worked(number: Number, values: Mapping[str, float]) -> tuple[float | None, str]:
    """What the formula gives, or None and why not."""
    formula = number.formula or ""
    blank = [slug for slug in slugs_in(formula) if math.isnan(values[slug])]
    if blank:
        return None, f"It needs {blank[0]}, which has no value here."
    try:
        return evaluate(formula, values), ""
    except FormulaError as error:
        return None, f"{error}."


def _field(number: Number, typed: str) -> Field:
    told, typed = _as_typed(number), typed.strip()
    if typed in {"", told}:
        return Field(number, told, told, number.value)
    if len(typed) > LONGEST:
        problem = f"The value is longer than {LONGEST} characters. {_remedy(told)}"
        return Field(number, told, typed[:LONGEST], number.value, problem)
    value, problem = _read(number, typed)
    if problem:
        return Field(number, told, typed, number.value, f"{problem} {_remedy(told)}")
    return Field(number, told, typed, value)


def _read(number: Number, typed: str) -> tuple[float, str]:
    """The value and no problem, or a problem."""
    read = read_amount(typed, number.unit)
    if read is None:
        return 0.0, f"“{typed}” does not read as one number."
    if read.value is None:
        return 0.0, f"“{typed}” is {read.other}, and {_asked(number)} is asked for."
    value = read.value
    if not math.isfinite(value):
        return 0.0, f"“{typed}” is too large."
    if value < 0 <= number.value:
        return 0.0, f"“{typed}” is below zero, which {number.label} cannot be."
    if number.unit == "share" and value > 1:
        return 0.0, f"“{typed}” is more than the whole."
    return value, ""


def _asked(number: Number) -> str:
    return _KINDS.get(number.unit) or f"a number of {counted_in(number) or number.unit}"


def _remedy(told: str) -> str:
    return f"Type it like {told}; 2.5e8, 250M and 250 million are read as well."


def _as_typed(number: Number) -> str:
    """The value in a form that is read back as exactly itself."""
    short = amount(number.value, number.unit).replace(MINUS, "-")
    read = read_amount(short, number.unit)
    exact = read is not None and read.value == number.value
    return short if exact else f"{number.value:,.12g}"


def _in_turn(ledger: Mapping[str, Number], slugs: list[str]) -> list[Number]:
    """In the ledger's order, but each after those of them that it reads."""
    turn: dict[str, Number] = {}

    def visit(slug: str) -> None:
        if slug in turn or slug not in wanted:
            return
        for read in slugs_in(ledger[slug].formula or ""):
            visit(read)
        turn[slug] = ledger[slug]

    wanted = set(slugs)
    for slug in slugs:
        visit(slug)
    return list(turn.values())
