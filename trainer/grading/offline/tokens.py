"""A text as tokens: words by their stems, numbers by their values, and the signs of notes. Pure.

Every token keeps its characters. Terms of the patterns are read by the same function, so that both
sides are normalised alike.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from trainer.grading.offline.notes import SHORT_FORMS
from trainer.grading.offline.numbers import UNITS, Reading, readings
from trainer.grading.offline.stems import stem

ARROW: Final = "->"
_UNIT_STEMS: Final = {
    "s": "second",
    "min": "minut",
    "h": "hour",
    "d": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "ms": "ms",
    "%": "percent",
    "x": "times",
}
_TOKEN: Final = re.compile(
    r"w/o\b|w/"
    r"|<?[-=]+>+|→|⇒"
    r"|[<>]=?|=+|\+|%|&|\$+"
    r"|x(?=\d)|[^\W_](?:[^\W_]|_(?=[^\W_]))*(?:['][^\W\d_]+)*"
)
_NEGATED: Final = {"won't": "will", "can't": "can", "shan't": "shall", "ain't": "is"}
_CLITIC: Final = re.compile(r"'(?:s|d|ll|re|ve|m)$")
_SIGNS: Final = {
    "→": ARROW,
    "⇒": ARROW,
    "+": "and",
    "&": "and",
    "%": "percent",
    ">=": ">",
    "<=": "<",
    "w/": "with",
    "w/o": "without",
}
# One character for one, so that spans stay true.
_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("\u2019\u2018`\u00b4", "'"),
        **dict.fromkeys("“”", '"'),
        **dict.fromkeys("\u2010\u2011\u2013", "-"),
        "\u00d7": "x",
        "≥": ">",
        "≤": "<",
        "≈": "~",
        **{chr(code): " " for code in range(32) if chr(code) != "\n"},
        **dict.fromkeys(map(chr, range(127, 161)), " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u202a\u202b\u202c\u202d\u202e", " "),
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """`forms`: the stems that it may stand for. `joined`: with the next token as one word, where a
    hyphen or nothing stands between them ("fan-out" is also "fanout"; "" elsewhere)."""

    start: int
    end: int
    text: str
    forms: tuple[str, ...]
    number: Reading | None = None
    joined: str = ""


def plain(text: str) -> str:
    """The text in lower case, with plain quotes and dashes and no control characters, of the same
    length."""
    text = text.translate(_PLAIN)
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def tokens(text: str) -> list[Token]:
    """The tokens of a text that `plain` has made."""
    found = list(_tokens(text))
    return [
        _with_joined(text, each, after)
        for each, after in zip(found, [*found[1:], None], strict=False)
    ]


def _tokens(text: str) -> Iterator[Token]:
    numbers = readings(text)
    starts = [each.start for each in numbers]
    units = {each.unit_end: each for each in numbers if each.unit_end > each.end}
    at = 0
    while at < len(text):
        place = bisect_left(starts, at)
        limit = starts[place] if place < len(starts) else len(text)
        for match in _TOKEN.finditer(text, at, limit):
            yield from _words(match.group(), match.start(), match.end(), units.get(match.end()))
        if place == len(starts):
            return
        yield _number(text, numbers[place])
        at = numbers[place].end


def _number(text: str, reading: Reading) -> Token:
    raw = text[reading.start : reading.end]
    form = "50/50" if reading.unit == "split" and reading.low == 50 else stem(raw)
    return Token(reading.start, reading.end, raw, (form,), reading)


def _words(raw: str, start: int, end: int, unit: Reading | None) -> Iterator[Token]:
    """The token or tokens of a word: an abbreviation may stand for two."""
    if unit is not None and UNITS.get(raw) == unit.unit and unit.unit in _UNIT_STEMS:
        yield Token(start, end, raw, (_UNIT_STEMS[unit.unit],))
        return
    if raw in _SIGNS or not raw[0].isalnum():
        form = _SIGNS.get(raw) or (ARROW if len(raw) > 1 and raw.endswith(">") else raw[0])
        yield Token(start, end, raw, (form,))
        return
    if raw == "x":
        yield Token(start, end, raw, ("times", "x"))
        return
    for word, forms in _spelt_out(_CLITIC.sub("", raw)):
        yield Token(start, end, word, forms)


def _spelt_out(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words that a word stands for ("don't" is "do not", "CB" "circuit breaker"), each with the
    stems that it may have."""
    short = SHORT_FORMS.get(word)
    if short is None and word.endswith("n't"):
        short = ((_NEGATED.get(word, word[:-3]), "not"),)
    if short is None:
        yield word, (stem(word),)
    elif len(short) > 1:
        yield short[0][0], tuple(stem(each[0]) for each in short)
    else:
        yield from ((each, (stem(each),)) for each in short[0])


def _with_joined(text: str, token: Token, after: Token | None) -> Token:
    if after is None or not token.text.isalpha() or not after.text.isalpha():
        return token
    between = text[token.end : after.start]
    if between != "-":
        return token
    both = stem(token.text + after.text)
    return Token(token.start, token.end, token.text, token.forms, token.number, both)
