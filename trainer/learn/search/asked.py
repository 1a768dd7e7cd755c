"""What was typed into the search: checked, and the numbers that it may name. Pure."""

import re
from typing import Final

from trainer.catalog.schema import Number, Pack
from trainer.grading.amounts import is_close
from trainer.learn.search.lexemes import findable
from trainer.learn.signed import signed_amount

QUERY_MAX: Final = 100  # characters
_NEVER_STORED: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_LETTERS: Final = re.compile(r"[a-z]+")
_EXACT: Final = 1e-6  # as a share
_PART: Final = re.compile(r'-*"[^"]*"?|\S+')
_AROUND: Final = "?!.,;:"
# They make a question of what is sought, and Postgres would look for them: no passage of the
# tweets a day says "many" and "per".
_ASKING: Final = {
    *("per", "many", "much", "vs", "versus", "would", "could", "happen", "happens"),
    *("explain", "tell"),
}
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
    """What to search for, without control characters and spaces to spare, and with a minus as the
    ledger writes it. Raises TooLong."""
    text = " ".join(_NEVER_STORED.sub(" ", typed).replace("\N{MINUS SIGN}", "-").split())
    if len(text) > QUERY_MAX:
        raise TooLong(len(text))
    return text


def sought(query: str) -> str:
    """`query` without the words that only ask, unless there is no other: `tweets per day` is
    `tweets day`. A phrase stays as it is."""
    if '"' in query:
        return query
    kept = [each for each in query.split() if each.lower().strip(_AROUND) not in _ASKING]
    return " ".join(kept) or query


def plain_words(query: str) -> list[str]:
    """The words of `query` where it is nothing but words; else none, as whoever asks for a phrase
    or leaves a word out wants no others."""
    parts = query.split()
    is_plain = '"' not in query and not any(each.startswith("-") for each in parts)
    return parts if is_plain and "or" not in query.lower().split() else []


def only_excludes(query: str) -> bool:
    """Whether `query`, or what stands between two "or" of it, names only what to leave out: all
    the rest would be found."""
    kept: list[list[str]] = [[]]
    for part in _PART.findall(query):
        if part.lower() == "or":
            kept.append([])
        elif any(each.isalnum() for each in part):
            kept[-1].append(part)
    return any(each and all(part.startswith("-") for part in each) for each in kept)


def numbers_named(pack: Pack, query: str) -> list[str]:
    """The numbers whose value `query` is, however it is written: `250M`, `2.5e8` and `250 million`.
    Words that are no unit must be the number's own: `10 candidates` is no other 10."""
    if not any(each.isdigit() for each in query):
        return []
    named = set(_LETTERS.findall(findable(query).lower())) - _SCALES
    units = {number.unit for number in pack.numbers}
    values = {unit: signed_amount(query, unit) for unit in units}
    return [each.slug for each in pack.numbers if _is(each, values[each.unit], named)]


def _is(number: Number, value: float | None, named: set[str]) -> bool:
    if value is None or not is_close(value, number.value, _EXACT):
        return False
    own = f"{number.label} {number.unit} {number.text}".lower()
    return named <= set(_LETTERS.findall(own))
