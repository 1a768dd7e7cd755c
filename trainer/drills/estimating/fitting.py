"""How an amount is read in a unit that was asked for. Pure."""

from typing import Final

from trainer.drills.estimating.amounts import Amount, a_kind, own_time, ratio, times
from trainer.drills.estimating.errors import EstimateError
from trainer.drills.estimating.showing import shown
from trainer.drills.estimating.units import is_time, quantity

_RATE: Final = {"[time]": -1}


def readings(value: Amount, asked: Amount, unit: str) -> list[float]:
    """How many of `asked` (one of `unit`) the value may mean, as it stands first. A number without
    a unit may also be meant in the plain unit; a count where a rate is asked is one for its time.
    Raises EstimateError where the units do not fit."""
    if value.is_bare:
        found = (value.number, value.number * ratio(plain(asked), asked))
        return list(dict.fromkeys(found))
    if value.dimensions == asked.dimensions:
        if own_time(asked) and own_time(value) != own_time(asked):
            raise EstimateError(_other_time(value, asked, unit))
        return [ratio(value, asked)]
    if not value.dimensions and asked.dimensions == _RATE:
        return [value.number]
    if (time := own_time(asked)) and _per(value, time).dimensions == asked.dimensions:
        return [ratio(_per(value, time), asked)]
    raise EstimateError(_misfit(value, asked, unit))


def plain(asked: Amount) -> Amount:
    """One of the same in bytes and seconds, or for a share 1; "per year" stays per year, since
    nobody gives a year's amount in seconds."""
    powers = [(str(name), power) for name, power in asked.of.unit_items()]
    plains = (_plain(name, power) for name, power in powers)
    return Amount(quantity(1, tuple(zip(plains, (p for _, p in powers), strict=True))), asked.nouns)


def _plain(name: str, power: float) -> str:
    if not is_time(name):
        return "byte"
    return "second" if power > 0 else name


def _per(value: Amount, time: str) -> Amount:
    return Amount(value.of / quantity(1, ((time, 1),)), value.nouns)


def _other_time(value: Amount, asked: Amount, unit: str) -> str:
    return (
        f"This comes to {shown(value)}, which is for each {own_time(value)}, and it is asked for "
        f"each {own_time(asked)}, in {unit}."
    )


def _misfit(value: Amount, asked: Amount, unit: str) -> str:
    kind = "a share" if unit == "%" else a_kind(asked)
    more, left = "", times(value) - times(asked)
    is_size, sized = "[data]" in value.dimensions, "[data]" in asked.dimensions
    if sized and not is_size:
        more = " Give the sizes their unit: 10 bytes, or 10 B with a space, as 10B is ten billion."
    elif left == 1 and sized == is_size:
        more = " A time is left over: write what is of one day with /day, or leave the unit away."
    elif left == -1 and sized == is_size:
        more = f" A time is missing: give the number of {own_time(value) or 'second'}s its unit."
    return (
        f"This comes to {shown(value)}, which is {a_kind(value)}, and {kind} is asked, in {unit}."
        f"{more}"
    )
