"""A value with its units: what measures (by pint), and what is counted (labels). Pure.

Two habits of the field are read as they are meant, and said: "a day's writes / 86400 s" gives
writes a second, and "a day's bytes * 365" bytes a year, though strictly the units would be another.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trainer.drills.estimating.errors import EstimateError
from trainer.drills.estimating.tree import Powers, Units
from trainer.drills.estimating.units import Measured, is_time, quantity

LARGEST: Final = 1e30
MOST_POWER: Final = 3  # of a dimension: nothing here is a fourth power of a time


@dataclass(frozen=True)
class Amount:
    """`of` in units of time and data; `nouns` are labels alone. `note`: how it was read."""

    of: Measured
    nouns: Powers = ()
    note: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether no unit was written at all."""
        return not self.nouns and not self.of.unit_items() and not self.note

    @property
    def number(self) -> float:
        """In its own units."""
        return float(self.of.magnitude)

    @property
    def dimensions(self) -> dict[str, float]:
        """{"[time]": -1}: the powers of time and data."""
        return {name: power for name, power in self.of.dimensionality.items() if power}


def amount(value: float, units: Units) -> Amount:
    """Raises EstimateError for a number that is too large."""
    return Amount(_checked(quantity(value, units.measures)), _tidy(units.nouns))


def added(left: Amount, right: Amount, *, sign: int = 1) -> Amount:
    """Raises EstimateError where the units do not fit together."""
    a, b = _alike(left, right)
    nouns = left.nouns if left.nouns == right.nouns or not right.nouns else ()
    return Amount(_checked(a + sign * b), nouns or (right.nouns if not left.nouns else ()))


def multiplied(left: Amount, right: Amount) -> Amount:
    """Raises EstimateError for what is too large."""
    nouns = _tidy((*left.nouns, *right.nouns))
    mended = _rate_times(left, right) or _rate_times(right, left)
    if mended:
        return Amount(_checked(mended[0]), nouns, mended[1])
    return Amount(_checked(left.of * right.of), nouns)


def divided(left: Amount, right: Amount) -> Amount:
    """Raises EstimateError for a division by nothing."""
    if right.number == 0:
        raise EstimateError("This divides by nothing.")
    nouns = _tidy((*left.nouns, *((noun, -power) for noun, power in right.nouns)))
    mended = _rate_over(left, right)
    if mended:
        return Amount(_checked(mended[0]), nouns, mended[1])
    return Amount(_checked(left.of / right.of), nouns)


def raised(left: Amount, power: float) -> Amount:
    """Raises EstimateError where the power has no meaning."""
    if (left.number <= 0 and not float(power).is_integer()) or left.number == 0 > power:
        raise EstimateError("That power has no value. Write a whole one, of a number above 0.")
    if left.of.unit_items() and not float(power).is_integer():
        raise EstimateError("A unit has whole powers only.")
    nouns = tuple((noun, round(each * power)) for noun, each in left.nouns)
    try:
        return Amount(_checked(left.of**power), _tidy(nouns))
    except OverflowError:
        raise EstimateError(_TOO_LARGE) from None


def ratio(left: Amount, right: Amount) -> float:
    """left / right, both of one dimension; infinite where the right is nothing."""
    if right.number == 0:
        return float("inf")
    return float((left.of / right.of).to("").magnitude)


def own_time(of: Amount) -> str:
    """The time that it is "per"; "" for none."""
    powers = of.of.unit_items()
    return next((str(name) for name, power in powers if power == -1 and is_time(str(name))), "")


def times(of: Amount) -> float:
    """The power of time in it."""
    return of.dimensions.get("[time]", 0)


def negative(of: Amount) -> Amount:
    return Amount(-of.of, of.nouns)


def converted(of: Amount, units: Units) -> Amount:
    """In other units. Raises EstimateError where they are of another kind."""
    wanted = amount(1, units)
    if not wanted.of.unit_items() or of.is_bare:
        return Amount(of.of * wanted.of if of.is_bare else of.of, _tidy(units.nouns))
    if wanted.dimensions != of.dimensions:
        raise EstimateError(f"{a_kind(of)} cannot be given as {a_kind(wanted)}.".capitalize())
    return Amount(of.of.to(wanted.of.units), _tidy(units.nouns) or of.nouns)


_KINDS: Final[dict[tuple[tuple[str, float], ...], str]] = {
    (): "a count",
    (("[time]", 1),): "a time",
    (("[time]", -1),): "a rate",
    (("[data]", 1),): "a size in bytes",
    (("[data]", 1), ("[time]", -1)): "a rate in bytes",
}


def a_kind(of: Amount) -> str:
    """What kind of thing it is: "a time", "a rate"."""
    return _KINDS.get(tuple(sorted(of.dimensions.items())), "a mix of units")


_TOO_LARGE: Final = "That is too large: numbers go up to 1e30 here."


def _checked(of: Measured) -> Measured:
    if not abs(of.magnitude) <= LARGEST:  # which NaN is not, either
        raise EstimateError(_TOO_LARGE)
    if any(abs(power) > MOST_POWER for power in of.dimensionality.values()):
        raise EstimateError("The units have too high a power. Use a line for each step.")
    return of


def _alike(left: Amount, right: Amount) -> tuple[Measured, Measured]:
    """Both in the units of the left; a bare number takes the other's."""
    if left.dimensions == right.dimensions:
        return left.of, right.of.to(left.of.units)
    if left.is_bare or right.is_bare:
        units = (right if left.is_bare else left).of.units
        a, b = (each.of * (1 * units) if each.is_bare else each.of for each in (left, right))
        return a, b
    raise EstimateError(
        f"{a_kind(left).capitalize()} and {a_kind(right)} cannot be added or taken away. "
        "Bring both to one kind first."
    )


def _tidy(nouns: Powers) -> Powers:
    """Each noun once, those above the stroke first, without those that are cancelled."""
    powers: Counter[str] = Counter()
    for noun, power in nouns:
        powers[noun] += power
    return tuple(sorted(((n, p) for n, p in powers.items() if p), key=lambda each: -each[1]))


# How many of the smaller time are in the larger: where a bare number is one of these and the other
# factor is a rate of that time, the number converts.
_IN: Final[Mapping[str, tuple[tuple[float, str], ...]]] = {
    "day": ((86_400, "second"), (1_440, "minute"), (24, "hour")),
    "hour": ((3_600, "second"), (60, "minute")),
    "minute": ((60, "second"),),
    "year": ((365, "day"), (12, "month")),
    "month": ((30, "day"),),
}
_SMALLEST_TIMES: Final = 60  # a rate times 60, 24 or 12 may well mean something else
_BARE_WITHIN: Final = 0.012  # 86.4K, and 86K; 100K is the one further off
_TIME_WITHIN: Final = {"day": 0.2, "year": 0.03, "month": 0.05}  # 100K s is a day, for a head
_A_TIME: Final = {"[time]": 1}


def _rates_of(of: Amount) -> list[str]:
    """The times that it is "per"."""
    return [name for name, power in of.of.unit_items() if power == -1 and name in _OF_RATES]


_OF_RATES: Final = {"second", *_IN}


def _rate_over(left: Amount, right: Amount) -> tuple[Measured, str] | None:
    """A rate per day, divided by a day: what is meant is the rate per second."""
    for per in _rates_of(left):
        whole = quantity(1, ((per, 1),))
        if right.is_bare:
            for count, smaller in _IN.get(per, ()):
                if _is_meant(right.number, count):
                    value = left.of * whole / right.number / quantity(1, ((smaller, 1),))
                    return value, _has(per, count, smaller)
        elif right.dimensions == _A_TIME and _plain_time(right) != per:
            share = float((right.of / whole).to("").magnitude)
            if abs(share - 1) <= _TIME_WITHIN.get(per, 0.001):
                smaller = _plain_time(right)
                value = left.of * whole / right.of
                return value, f"The {per} is divided away: read as for each {smaller}."
    return None


def _rate_times(rate: Amount, count: Amount) -> tuple[Measured, str] | None:
    """A rate per second times the bare number of seconds in a day: the rate per day."""
    rates = _rates_of(rate) if count.is_bare else []
    for larger, parts in _IN.items():
        for many, smaller in parts:
            if smaller not in rates or many <= _SMALLEST_TIMES:
                continue
            if _is_meant(count.number, many):
                ratio = quantity(1, ((smaller, 1), (larger, -1)))
                note = _has(larger, many, smaller, each=larger)
                return rate.of * ratio * count.number, note
    return None


def _is_meant(number: float, count: float) -> bool:
    """Whether a bare number is so many of the smaller time, as heads round it."""
    return abs(number / count - 1) <= _BARE_WITHIN or (count, number) == (86_400, 100_000)


def _has(larger: str, count: float, smaller: str, each: str = "") -> str:
    whole = f"An {larger}" if larger == "hour" else f"A {larger}"
    return f"{whole} has {count:,} {smaller}s: read as for each {each or smaller}."


def _plain_time(of: Amount) -> str:
    """The unit of a plain time."""
    return next((str(name) for name, _ in of.of.unit_items()), "")
