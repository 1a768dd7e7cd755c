"""Reading the numbers that people write: 100K, a hundred thousand, 0.1M, half a minute. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from trainer.grading.offline.number_words import SCALES, WORDS, spoken
from trainer.grading.offline.word_lists import word_set

# What a number is counted in, by how it is written right after it.
UNITS: Final = {
    **dict.fromkeys(
        ("ms", "msec", "msecs", "milli", "millis", "millisecond", "milliseconds"), "ms"
    ),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("wk", "wks", "week", "weeks"), "week"),
    **dict.fromkeys(("mo", "month", "months"), "month"),
    **dict.fromkeys(("yr", "yrs", "year", "years"), "year"),
    **dict.fromkeys(("%", "percent", "pct"), "%"),
    **dict.fromkeys(("x", "times"), "x"),
    **dict.fromkeys(("kb", "mb", "gb", "tb", "pb"), "bytes"),
}
SECONDS: Final = {
    "ms": 0.001,
    "s": 1.0,
    "min": 60.0,
    "h": 3600.0,
    "d": 86400.0,
    "week": 604800.0,
    "month": 2592000.0,
    "year": 31536000.0,
}
_SUFFIXES: Final = {
    **dict.fromkeys(("k",), 1e3),
    **dict.fromkeys(("m", "mn", "mio", "mil", "mill", "mln"), 1e6),
    **dict.fromkeys(("b", "bn", "bil", "bln"), 1e9),
    **dict.fromkeys(("t", "tn", "trn", "tr"), 1e12),
    **SCALES,
    **{f"{word}s": scale for word, scale in SCALES.items()},
}
_PIECE: Final = re.compile(
    r"\d{1,3}(?:[,_]\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: 000)+(?![\d.,])|\d{2,3}\.000(?![\d.])"
    r"|\d+(?:\.\d+)?|(?<!\d)\.\d+"
    r"|x(?=\d)|[^\W\d_]+|\S"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Characters `start` to `end` are a number from `low` to `high` (the same where it is no
    range); its unit's word, if one follows, ends at `unit_end`. `unit`: "", a time ("ms", "s",
    "min", "h", "d", ...), "%", "x" (times), "bytes", "split" (50/50)."""

    start: int
    end: int
    low: float
    high: float
    unit: str = ""
    unit_end: int = 0

    @property
    def seconds(self) -> tuple[float, float] | None:
        """The range in seconds where it is a time."""
        factor = SECONDS.get(self.unit)
        return (self.low * factor, self.high * factor) if factor else None


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    text: str

    @property
    def digits(self) -> bool:
        return self.text[-1].isdigit()


def readings(text: str) -> list[Reading]:
    """The numbers in a text, in order. The word "one" alone is read as 1 too."""
    pieces = [_Piece(m.start(), m.end(), m.group().lower()) for m in _PIECE.finditer(text)]
    return list(_ranges(text, list(_singles(pieces))))


def _singles(pieces: list[_Piece]) -> Iterator[Reading]:
    at = 0
    while at < len(pieces):
        found = _digits(pieces, at) or _spoken(pieces, at)
        if found is None:
            at += 1
            continue
        reading, at = found
        yield reading


def _digits(pieces: list[_Piece], at: int) -> tuple[Reading, int] | None:
    """A number that begins with digits. Digits inside a name (p99, s3) are none."""
    piece = pieces[at]
    if not piece.digits or not piece.text.isascii() or _in_name(pieces, at):
        return None
    value, end, after = _value(piece.text), piece.end, at + 1
    if (split := _split(pieces, at, value)) is not None:
        return split
    if after < len(pieces) and pieces[after].text in _SUFFIXES and _near(pieces, after):
        value *= _SUFFIXES[pieces[after].text]
        end, after = pieces[after].end, after + 1
    elif _runs_on(pieces, after, end):
        return None  # 99th, 5xx
    return _with_unit(pieces, Reading(piece.start, end, value, value), after)


def _runs_on(pieces: list[_Piece], after: int, end: int) -> bool:
    """Whether letters that are no unit touch the digits."""
    if after >= len(pieces) or pieces[after].start != end:
        return False
    return pieces[after].text.isalpha() and pieces[after].text not in UNITS


def _in_name(pieces: list[_Piece], at: int) -> bool:
    if not at or pieces[at - 1].end != pieces[at].start:
        return False
    before = pieces[at - 1].text
    return (before.isalpha() and before != "x") or before == "_"


def _near(pieces: list[_Piece], at: int) -> bool:
    """A suffix of one letter must touch its number, or stand one space off ("100 k")."""
    return pieces[at].start - pieces[at - 1].end <= 1


def _value(digits: str) -> float:
    if re.fullmatch(r"\d{2,3}\.000", digits):
        return float(digits.replace(".", ""))  # as much of Europe writes it
    return float(re.sub("[, _]", "", digits))


def _split(pieces: list[_Piece], at: int, value: float) -> tuple[Reading, int] | None:
    """50/50, 50:50, 60-40: two shares of a hundred."""
    if at + 2 >= len(pieces) or pieces[at + 1].text not in "/:-" or not pieces[at + 2].digits:
        return None
    if value + _value(pieces[at + 2].text) != 100 or not 10 <= value <= 90:
        return None
    if pieces[at + 1].text == "-" and value != 50:
        return None
    end = pieces[at + 2].end
    return Reading(pieces[at].start, end, value, value, "split", end), at + 3


def _spoken(pieces: list[_Piece], at: int) -> tuple[Reading, int] | None:
    """A number in words, "half a minute", or the one second of "a second"."""
    words = [piece.text for piece in pieces[at : at + 16]]
    found = spoken(words)
    if found is not None:
        value, used = found
        if words[used : used + 1] == ["k"]:  # "a hundred K"
            value, used = value * _SUFFIXES["k"], used + 1
        last = pieces[at + used - 1]
        return _with_unit(pieces, Reading(pieces[at].start, last.end, value, value), at + used)
    if words[0] == "half" and len(words) > 2 and words[1] in ("a", "an"):
        if UNITS.get(words[2]) in SECONDS and len(words[2]) > 2:
            return _with_unit(
                pieces, Reading(pieces[at].start, pieces[at + 1].end, 0.5, 0.5), at + 2
            )
    elif words[0] in ("a", "an", "full", "whole") and _one_of(pieces, at, words):
        reading = Reading(pieces[at].start, pieces[at].end, 1.0, 1.0)
        return _with_unit(pieces, reading, at + 1)
    return None


# What may follow "a second" where that is a time; "a second region" is none.
_AFTER_TIME: Final = word_set(
    "and or to of later after before is on in for per at so when while from until till if "
    "with but that budget max total each because as which then than between p99 or"
)


def _one_of(pieces: list[_Piece], at: int, words: list[str]) -> bool:
    """Whether "a second" is one second, and neither a rate ("2 million a second") nor an order."""
    if len(words) < 2 or UNITS.get(words[1]) not in SECONDS or len(words[1]) < 3:
        return False
    before = pieces[at - 1].text if at else ""
    if before.isdigit() or before in _SUFFIXES or before in WORDS:
        return False
    after = words[2] if len(words) > 2 else ""
    return words[1] != "second" or not after.isalpha() or after in _AFTER_TIME


def _with_unit(pieces: list[_Piece], reading: Reading, after: int) -> tuple[Reading, int]:
    """The reading with the unit after it. In "a second and a half" the half comes later still."""
    if after >= len(pieces) or pieces[after].text not in UNITS:
        return replace(reading, unit_end=reading.end), after
    unit = UNITS[pieces[after].text]
    if unit in SECONDS and len(pieces[after].text) == 1 and not _near(pieces, after):
        return replace(reading, unit_end=reading.end), after
    if [piece.text for piece in pieces[after + 1 : after + 4]] == ["and", "a", "half"]:
        more = reading.low + 0.5
        reading = replace(reading, low=more, high=more)
        end = pieces[after + 3].end
        return replace(reading, unit=unit, unit_end=end, end=end), after + 4
    return replace(reading, unit=unit, unit_end=pieces[after].end), after + 1


_BETWEEN: Final = re.compile(r"[ \t]*(?:-|to|or|\.\.)[ \t]*", re.IGNORECASE)


def _ranges(text: str, singles: list[Reading]) -> Iterator[Reading]:
    """Two numbers with "-" or "to" between them are one range, if it rises: "50-100 ms"."""
    at = 0
    while at < len(singles):
        one = singles[at]
        two = singles[at + 1] if at + 1 < len(singles) else None
        if two and _BETWEEN.fullmatch(text, one.unit_end, two.start) and one.unit in ("", two.unit):
            low = one.low * _shared_scale(one.low, two.high)
            moved = text[: one.start].rstrip().lower().endswith("from")
            if low < two.high and not moved:
                yield replace(two, start=one.start, low=low)
                at += 2
                continue
        yield one
        at += 1


def _shared_scale(low: float, high: float) -> float:
    """Of "50-100K" the 50 is in thousands too."""
    for scale in (1e12, 1e9, 1e6, 1e3):
        if high >= scale and high % (scale / 1000) == 0:
            return scale if low < 1000 and low * scale < high else 1.0
    return 1.0
