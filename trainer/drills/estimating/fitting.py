"""How an amount is read in a unit that was asked for. Pure."""

from typing import Final

from trainer.drills.estimating.amounts import Amount, a_kind
from trainer.drills.estimating.errors import EstimateError
from trainer.drills.estimating.posed import ratio
from trainer.drills.estimating.showing import shown
from trainer.drills.estimating.units import Measured, quantity

_TIME: Final = "[time]"
_RATE: Final = {_TIME: -1}


def readings(value: Amount, asked: Amount, unit: str) -> list[float]:
    """How many of `asked` (one of `unit`) the value may mean. A number without a unit is meant in
    the unit asked for, or in bytes and seconds; a count where a rate is asked is one for its time.
    Raises EstimateError where the units do not fit."""
    if value.dimensions == asked.dimensions:
        if own_time(value) != own_time(asked):
            raise EstimateError(_other_time(value, asked, unit))
        return [ratio(value, asked)]
    if value.is_bare or (not value.dimensions and asked.dimensions == _RATE):
        return [value.number, ratio(Amount(value.of * _base(asked)), asked)]
    if (time := own_time(asked)) and _per(value, time).dimensions == asked.dimensions:
        return [ratio(_per(value, time), asked)]
    raise EstimateError(_misfit(value, asked, unit))


def own_time(of: Amount) -> str:
    """The time that it is "per"; "" for none."""
    powers = [(str(name), power) for name, power in of.of.unit_items()]
    dimensions = {name: quantity(1, ((name, 1),)).dimensionality for name, _ in powers}
    return next((name for name, power in powers if power == -1 and _TIME in dimensions[name]), "")


def _per(value: Amount, time: str) -> Amount:
    return Amount(value.of / quantity(1, ((time, 1),)), value.nouns)


def _base(asked: Amount) -> Measured:
    """One of the same dimension, in bytes and seconds."""
    return quantity(1) * asked.of.to_base_units().units


def _times(of: Amount) -> float:
    return of.dimensions.get(_TIME, 0)


def _other_time(value: Amount, asked: Amount, unit: str) -> str:
    return (
        f"This comes to {shown(value)}, which is for each {own_time(value)}, and it is asked for "
        f"each {own_time(asked)}, in {unit}."
    )


def _misfit(value: Amount, asked: Amount, unit: str) -> str:
    kind = "a share" if unit == "%" else a_kind(asked)
    more, left = "", _times(value) - _times(asked)
    if "[data]" in asked.dimensions and "[data]" not in value.dimensions:
        more = " Give the sizes their unit: 10 bytes, or 10 B with a space, as 10B is ten billion."
    elif left == 1:
        more = " A time is left over: write what is of one day with /day, or leave the unit away."
    elif left == -1:
        more = " A time is missing: which number is one of seconds, and was written without?"
    return (
        f"This comes to {shown(value)}, which is {a_kind(value)}, and {kind} is asked, in {unit}."
        f"{more}"
    )
