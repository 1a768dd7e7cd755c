"""A told time that was written as a bare number: "year * 10", where ten years are told. Pure."""

from collections.abc import Sequence

from trainer.drills.estimating.amounts import Amount, amount, times
from trainer.drills.estimating.posed import Posed, Told, of
from trainer.drills.estimating.sheet import Line
from trainer.drills.estimating.units import quantity


def with_told_time(value: Amount, lines: Sequence[Line], posed: Posed) -> tuple[Amount, str]:
    """The value with the one time that it lacks or has too much, where a told number of that time
    was written without its unit; and a sentence that says so, "" where there was none."""
    lacking = times(posed.asked) - times(value)
    if abs(lacking) != 1 or value.is_bare:
        return value, ""
    names = [str(name) for name, power in value.of.unit_items() if power == -lacking]
    for told in posed.told:
        for name in names:
            if _is_in(told, name) and _is_written_bare(told, lines):
                mended = value.of * quantity(1, ((name, int(lacking)),))
                return Amount(mended, value.nouns), f"{told.value:g} is read as {told.text}."
    return value, ""


def _is_in(told: Told, time: str) -> bool:
    return dict(of(told.value, told.unit).of.unit_items()) == {time: 1}


def _is_written_bare(told: Told, lines: Sequence[Line]) -> bool:
    written = [number for line in lines for number in line.written if number.text]
    return any(number.value == told.value and amount(1, number.units).is_bare for number in written)
