"""What was written behind a formula: "= 350B". Pure."""

import math
from typing import Final

from trainer.drills.estimating.amounts import Amount
from trainer.drills.estimating.fitting import own_time
from trainer.drills.estimating.posed import ratio
from trainer.drills.estimating.units import quantity

HOLDS_WITHIN: Final = 0.1  # heads round


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


def holds(claim: Amount, value: Amount) -> bool:
    """Whether the formula comes to what was written behind it, rounded. A claim for a year holds
    for a formula that gave a year's amount."""
    claim = meant(claim, value)
    if claim.dimensions != value.dimensions and (time := own_time(claim)):
        claim = Amount(claim.of * quantity(1, ((time, 1),)), claim.nouns)
    return claim.dimensions == value.dimensions and _distance(claim, value) <= HOLDS_WITHIN


def _distance(claim: Amount, value: Amount) -> float:
    if value.number == 0:
        return abs(claim.number)
    found = ratio(claim, value)
    return abs(found - 1) if math.isfinite(found) else math.inf
