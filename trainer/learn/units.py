"""Units in words. Pure."""

from typing import Final

from trainer.catalog.schema import Number

_PERIODS: Final = {"s": "second", "day": "day", "year": "year"}
_WORDS: Final = {"CPU-s": "CPU-seconds", "s": "seconds", "ms": "milliseconds", "h": "hours"}


def counted_in(number: Number) -> str:
    """The unit as words, where the number's text does not name it: "users", "writes a day"."""
    what, _, of = number.unit.partition("/")
    if what in {"share", "x"} or what in number.text.split():
        return ""
    if of:
        return f"{what} a {_PERIODS[of]}" if of in _PERIODS else f"{what} for each {of}"
    return _WORDS.get(what, what)
