"""Each step of an estimate, checked: what it is, whether its sum holds, and what was misquoted.
Pure."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from trainer.capacity.figures import CONSTANTS
from trainer.drills.estimating.amounts import Amount, amount, own_time, ratio
from trainer.drills.estimating.claims import holds, meant
from trainer.drills.estimating.errors import EstimateError
from trainer.drills.estimating.fitting import readings
from trainer.drills.estimating.posed import Posed, Told, of, one
from trainer.drills.estimating.sheet import Line
from trainer.drills.estimating.showing import shown
from trainer.drills.estimating.tree import Number

SAME_WITHIN: Final = 0.1  # of a figure, as heads round on the way
_QUOTED_WITHIN: Final = 0.05  # 14 KB for 13.7 KB is no misquoting
_NEAR: Final = 2.0  # a factor within which a number may be a given one, misread
_LEAST: Final = 1_000  # below it, a number without a unit may be anything
_OF_TIMES: Final = (12, 24, 30, 60, 365, 1_440, 3_600, 86_400)  # as a time has them
_POWER_OF_TEN: Final = 0.001  # of its logarithm


@dataclass(frozen=True)
class Step:
    """`figure` is the label of the figure that the step comes to, "" for none. `wrong_sums` and
    `misquotes` are sentences."""

    line: Line
    shown: str
    figure: str
    wrong_sums: tuple[str, ...]
    misquotes: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        return not (self.wrong_sums or self.misquotes)


def steps(lines: Sequence[Line], posed: Posed) -> tuple[Step, ...]:
    """Of lines that could all be worked out."""
    found: list[Step] = []
    earlier: list[Amount] = []
    for line in lines:
        if line.value is not None:
            found.append(_step(line, line.value, posed, earlier))
            earlier += [line.value, *line.claims]
    return tuple(found)


def _step(line: Line, value: Amount, posed: Posed, earlier: Sequence[Amount]) -> Step:
    misquoted = (_misquoted(number, posed, earlier) for number in line.written)
    return Step(
        line,
        shown(value),
        _figure(value, posed),
        tuple(_wrong_sums(line, value, posed.task.unit)),
        tuple(
            f"The task says {told.text} ({told.words})."
            for told in dict.fromkeys(told for told in misquoted if told)
        ),
    )


def _wrong_sums(line: Line, value: Amount, unit: str) -> Iterator[str]:
    for claim in line.claims:
        if not holds(claim, value, unit):
            yield f"This comes to {shown(value)}, not to {shown(meant(claim, value))}."


def _figure(value: Amount, posed: Posed) -> str:
    """Of the derivation, the last one that the step comes to, in the same time: a day's tweets are
    no tweets a second yet. A number without a unit is taken as it stands before it is converted."""
    for place in (0, 1):
        for figure in reversed(posed.figures):
            unit = "%" if figure.unit == "share" else figure.unit
            try:
                found = readings(value, one(unit), unit)[place : place + 1]
            except EstimateError:
                continue
            right = ratio(of(figure.value, figure.unit), one(unit))
            if right and any(abs(each / right - 1) <= SAME_WITHIN for each in found):
                return figure.label
    return ""


def _misquoted(number: Number, posed: Posed, earlier: Sequence[Amount]) -> Told | None:
    """The given number that was meant, where this is near one and is none."""
    if not number.text or (not number.units.nouns and number.value in _constants(posed)):
        return None
    try:
        written = amount(number.value, number.units)
    except EstimateError:
        return None
    if written.is_bare and number.value < _LEAST:
        return None
    told = [each for each in posed.told if _is_alike(written, each)]
    ratios = {each: _in_units_of(written, each) / each.value for each in told if each.value}
    if any(abs(each - 1) <= _QUOTED_WITHIN for each in ratios.values()):
        return None
    if any(_is_same(written, each) for each in (*earlier, *_known(posed))):
        return None
    named = bool(written.nouns or written.dimensions)
    return next((each for each, far in ratios.items() if _is_near(far, named=named)), None)


def _constants(posed: Posed) -> tuple[float, ...]:
    """What anybody knows: the parts of times, and what the derivation reads, as 1e9 B of a GB."""
    return (*_OF_TIMES, *(CONSTANTS[name] for name in posed.constants))


def _known(posed: Posed) -> Iterator[Amount]:
    """The figures on the way, and what a head makes of a given number and a given share: 5% of
    500M, and the rest."""
    for figure in posed.figures:
        yield of(figure.value, figure.unit)
    for share in posed.told:
        for other in posed.told if share.unit == "share" else ():
            yield of(other.value * share.value, other.unit)
            yield of(other.value * (1 - share.value), other.unit)


def _is_same(written: Amount, known: Amount) -> bool:
    """Within their units where both measure the same, otherwise by their numbers."""
    if not known.number:
        return False
    alike = written.dimensions == known.dimensions
    found = ratio(written, known) if alike else written.number / known.number
    return abs(found - 1) <= SAME_WITHIN


def _is_near(far: float, *, named: bool) -> bool:
    if far <= 0:
        return False
    power = math.log10(far) if named else math.log10(far) / 3
    of_ten = round(power) != 0 and abs(power - round(power)) < _POWER_OF_TEN
    return of_ten or (named and 1 / _NEAR <= far <= _NEAR)


def _is_alike(written: Amount, told: Told) -> bool:
    given = of(told.value, told.unit)
    if written.is_bare:
        return told.value >= _LEAST
    if written.dimensions.get("[data]") or given.dimensions.get("[data]"):
        return written.dimensions == given.dimensions
    if own_time(written) and own_time(written) != own_time(given):
        return False
    if given.nouns and written.nouns:
        return given.nouns[0] == written.nouns[0]
    return bool(given.dimensions) and written.dimensions == given.dimensions and not given.nouns


def _in_units_of(written: Amount, told: Told) -> float:
    given = one(told.unit)
    if written.dimensions == given.dimensions:
        return ratio(written, given)
    return written.number
