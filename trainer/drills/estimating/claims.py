"""What was written behind a formula: "= 350B". Pure."""

import math
from typing import Final

from trainer.drills.estimating.amounts import Amount, own_time, ratio
from trainer.drills.estimating.fitting import plain
from trainer.drills.estimating.units import quantity

HOLDS_WITHIN: Final = 0.1  # heads round
_LARGEST_SHARE: Final = 10  # beyond it, a factor of 100 is no percent


def with_unit(value: Amount, claim: Amount) -> Amount:
    """The value in the unit that was written behind it, where it left that out and the claim holds:
    450M * 800 * 10 = 3.6 TB, or a plain time of it: 7 TB * 365 = 2.5 PB/year. Any other value as
    it is."""
    if claim.is_bare or (claim.dimensions == value.dimensions and not value.is_bare):
        return value
    units = [quantity(1) * claim.of.units, plain(claim).of] if value.is_bare else []
    if time := own_time(claim):
        units.append(quantity(1) * value.of.units / quantity(1, ((time, 1),)))
    read = [Amount(unit * value.number, claim.nouns or value.nouns) for unit in units]
    return next((each for each in read if _is_near(claim, each)), value)


def meant(claim: Amount, value: Amount, asked: Amount | None = None) -> Amount:
    """The claim with the units that it leaves out: those of `value`, its formula, or of what is
    asked, whichever is nearer."""
    if claim.dimensions == value.dimensions:
        return claim
    if claim.dimensions:
        return _with_time(claim, value)
    units = [value.of.units, value.of.to_base_units().units]
    if asked is not None and asked.dimensions == value.dimensions:
        units.append(asked.of.units)
    found = [Amount(claim.of * (1 * each), claim.nouns or value.nouns) for each in units]
    return min(found, key=lambda each: _distance(each, value))


def _with_time(claim: Amount, value: Amount) -> Amount:
    """2.5 PB for what comes to 2.5 PB a year."""
    time = own_time(value)
    if not time:
        return claim
    timed = Amount(claim.of / quantity(1, ((time, 1),)), claim.nouns)
    return timed if timed.dimensions == value.dimensions else claim


def holds(claim: Amount, value: Amount, unit: str = "") -> bool:
    """Whether the formula comes to what was written behind it, rounded. Where `unit` is %, a share
    may be in percent."""
    if unit == "%" and claim.is_bare and value.is_bare and _is_percent(claim.number, value.number):
        return True
    return _is_near(meant(claim, value), value)


def _is_percent(one: float, other: float) -> bool:
    """Whether the larger is the smaller in percent."""
    share, percent = sorted((one, other))
    return 0 < share <= _LARGEST_SHARE and abs(percent / (100 * share) - 1) <= HOLDS_WITHIN


def _is_near(claim: Amount, value: Amount) -> bool:
    return claim.dimensions == value.dimensions and _distance(claim, value) <= HOLDS_WITHIN


def _distance(claim: Amount, value: Amount) -> float:
    if value.number == 0:
        return abs(claim.number)
    found = ratio(claim, value)
    return abs(found - 1) if math.isfinite(found) else math.inf
