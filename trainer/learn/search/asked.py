"""What was typed into the search: checked, and the numbers that it may name. Pure."""

import re
from typing import Final

from trainer.catalog.schema import Number, Pack
from trainer.grading.amounts import is_close, read_amount
from trainer.learn.search.lexemes import findable

QUERY_MAX: Final = 100  # characters
_NEVER_STORED: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_LETTERS: Final = re.compile(r"[a-z]+")
_EXACT: Final = 1e-6  # as a share
_SCALES: Final = {
    *("k", "m", "b", "t", "thousand", "million", "millions", "billion", "billions"),
    *("trillion", "trillions", "kb", "mb", "gb", "tb", "pb", "e", "x", "percent"),
    *("ms", "s", "sec", "second", "seconds", "min", "minute", "minutes", "h", "hour", "hours"),
}


class TooLong(ValueError):
    """More was typed than is searched for."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"This has {length} characters; a search takes {QUERY_MAX} at most. "
            "Leave the words that matter most."
        )


def read(typed: str) -> str:
    """What to search for, without control characters and spaces to spare. Raises TooLong."""
    text = " ".join(_NEVER_STORED.sub(" ", typed).split())
    if len(text) > QUERY_MAX:
        raise TooLong(len(text))
    return text


def numbers_named(pack: Pack, query: str) -> list[str]:
    """The numbers whose value `query` is, however it is written: `250M`, `2.5e8` and `250 million`.
    Words that are no unit must be the number's own: `10 candidates` is no other 10."""
    if not any(each.isdigit() for each in query):
        return []
    named = set(_LETTERS.findall(findable(query).lower())) - _SCALES
    values: dict[str, float | None] = {}
    for unit in {number.unit for number in pack.numbers}:
        amount = read_amount(query, unit)
        values[unit] = None if amount is None else amount.value
    return [each.slug for each in pack.numbers if _is(each, values[each.unit], named)]


def _is(number: Number, value: float | None, named: set[str]) -> bool:
    if value is None or not is_close(value, number.value, _EXACT):
        return False
    own = f"{number.label} {number.unit} {number.text}".lower()
    return named <= set(_LETTERS.findall(own))
