"""Reading a typed number in the unit that was asked for: 250M, 2.5e8, 1,500 ms. Pure.

Numbers are read as the grader reads them in answers; what only a typed figure has (powers of ten,
sizes in bytes, "half") is read here.
"""

import re
from dataclasses import dataclass
from typing import Final

from trainer.grading.offline.numbers import SECONDS, Reading, readings

_POWER: Final = re.compile(
    r"(?P<digits>\d+(?:\.\d+)?)\s*(?:e\+?|(?:[x*\u00d7\u00b7]\s*)?10\s*(?:\^|\*\*)\s*)(?P<power>-?\d{1,2})\b",
    re.IGNORECASE,
)
_RAISED: Final = re.compile("(?<=10)[\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u207b]+")
_LOWERED: Final = str.maketrans(
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207b", "0123456789-"
)
_UNREAD_POWER: Final = re.compile(r"\d\s*(?:e[-+]?\d|\^|\*\*)")  # 1e-320: too far for a figure
_BYTES: Final = re.compile(
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[kmgtp])i?b\b", re.IGNORECASE
)
_SPACED: Final = re.compile(r"(?<=\d)[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}](?=\d{3}(?!\d))")
_SIGN: Final = re.compile(r"[-\N{MINUS SIGN}] ?(?=[\d.])")
_PERIOD: Final = re.compile(
    r"\s*(?:/|\bper\b|\ban?\b|\beach\b|\bevery\b)\s*"
    r"(?P<period>s|sec|second|min|minute|h|hour|d|day|week|month|y|year)$"
)
_PERIODS_S: Final = {
    **dict.fromkeys(("s", "sec", "second"), 1.0),
    **dict.fromkeys(("min", "minute"), 60.0),
    **dict.fromkeys(("h", "hour"), 3_600.0),
    **dict.fromkeys(("d", "day"), 86_400.0),
    "week": 7 * 86_400.0,
    "month": 30 * 86_400.0,
    **dict.fromkeys(("y", "year"), 365 * 86_400.0),
}
_PART: Final = re.compile(r"\b(?:quarters?|thirds?) of\b")
_SIZES: Final = {"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15}
_SHARES: Final = {"half": 0.5, "a third": 1 / 3, "a quarter": 0.25, "all": 1.0, "none": 0.0}
_LEDGER_TIMES: Final = {"ms": "ms", "s": "s", "min": "min", "h": "h", "CPU-s": "s"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in the unit that was asked for, or None where it was given in another kind of unit,
    which `other` names ("a time")."""

    value: float | None
    other: str = ""


def read_amount(text: str, unit: str) -> Amount | None:
    """The one number in `text`, in the ledger's `unit`; None where there is none, or several. Where
    a rate is asked for, one of another period is converted: "5,787 per second" for a day."""
    text = _SPACED.sub("", text.strip().lower())
    sign = _SIGN.match(text)
    amount = _unsigned(text[sign.end() :] if sign else text, unit)
    if amount is None or amount.value is None or not sign:
        return amount
    return Amount(-amount.value)


def _unsigned(text: str, unit: str) -> Amount | None:
    asked_s, period = _PERIODS_S.get(unit.partition("/")[2]), _PERIOD.search(text)
    if asked_s is None or period is None:
        return _of_no_period(text, unit)
    amount = _of_no_period(text[: period.start()], unit)
    if amount is None or amount.value is None:
        return amount
    return Amount(amount.value * asked_s / _PERIODS_S[period["period"]])


def _of_no_period(text: str, unit: str) -> Amount | None:
    if unit == "share" and text in _SHARES:
        return Amount(_SHARES[text])
    if _PART.search(text):  # a quarter of a billion
        return None
    size = _BYTES.search(text)
    if size:
        return _size(size, unit)
    text = _RAISED.sub(lambda raised: f"^{raised.group().translate(_LOWERED)}", text)
    text = _POWER.sub(_plain, text)
    if _UNREAD_POWER.search(text):
        return None
    found = readings(text)
    if len(found) > 1:
        found = [each for each in found if not _is_period(text, each)]
    if len(found) != 1 or found[0].low != found[0].high:
        return None
    return _converted(found[0], unit)


def is_close(value: float, right: float, within: float) -> bool:
    """Whether `value` is off by at most the share `within` of `right`."""
    return abs(value - right) <= within * abs(right) + 1e-9 * max(1.0, abs(right))


def _plain(match: re.Match[str]) -> str:
    """The power of ten written out, which `readings` knows."""
    return f"{float(match['digits']) * 10 ** int(match['power']):.12f}".rstrip("0").rstrip(".")


def _is_period(text: str, reading: Reading) -> bool:
    """The "a day" of "500M a day" is no number of its own."""
    return text[reading.start : reading.end] in {"a", "an", "one"} and reading.start > 0


def _size(match: re.Match[str], unit: str) -> Amount:
    given = _SIZES[f"{match['unit'].lower()}b"] * float(match["digits"].replace(",", ""))
    wanted = _SIZES.get(unit.split("/")[0].lower())
    return Amount(None, "a size in bytes") if wanted is None else Amount(given / wanted)


def _converted(reading: Reading, unit: str) -> Amount:
    value, given = reading.low, reading.unit
    if unit in _LEDGER_TIMES:
        if given in SECONDS:
            return Amount(value * SECONDS[given] / SECONDS[_LEDGER_TIMES[unit]])
        return Amount(value) if not given else _other(given)
    if unit == "share":
        if given in ("%", "split"):
            return Amount(value / 100)
        return Amount(value if value <= 1 else value / 100) if not given else _other(given)
    if unit == "x" and given == "x":
        return Amount(value)
    return Amount(value) if not given else _other(given)


_KINDS: Final = {
    **dict.fromkeys(SECONDS, "a time"),
    "%": "a share",
    "split": "a share",
    "x": "a factor",
    "bytes": "a size in bytes",
}


def _other(given: str) -> Amount:
    return Amount(None, _KINDS[given])
