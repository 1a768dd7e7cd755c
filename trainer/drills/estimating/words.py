"""The words of an estimate: what scales a number, what measures, what is counted. Pure.

What is counted (tweets, users) is a label: it takes part in no dimension, so that "500M tweets/day
* 700 followers" is simply a rate. What measures (time, data) is a unit, and must fit.
"""

from difflib import get_close_matches
from typing import Final

from trainer.drills.estimating.errors import EstimateError

SCALES: Final[dict[str, float]] = {
    **dict.fromkeys(("k", "K", "thousand", "thousands"), 1e3),
    **dict.fromkeys(("m", "M", "mn", "mln", "million", "millions"), 1e6),
    **dict.fromkeys(("bn", "billion", "billions"), 1e9),
    **dict.fromkeys(("G",), 1e9),
    **dict.fromkeys(("P",), 1e15),
    **dict.fromkeys(("t", "T", "tn", "trillion", "trillions"), 1e12),
}
BILLION: Final = ("b", "B")  # glued to its number: apart from it, B is bytes
OPERATORS: Final = {"x": "*", "X": "*", "times": "*", "of": "*", "per": "/", "over": "/"}
CONVERTS: Final = ("to", "in", "as")
EACH: Final = ("a", "an", "each", "every")
THAT: Final = "that"
RESERVED: Final = {*OPERATORS, *CONVERTS, *EACH, THAT}

# By their exact letters: MB is not Mb.
_EXACT: Final = {
    "B": "byte",
    "KB": "kilobyte",
    "kB": "kilobyte",
    "MB": "megabyte",
    "GB": "gigabyte",
    "TB": "terabyte",
    "PB": "petabyte",
    "EB": "exabyte",
    "KiB": "kibibyte",
    "MiB": "mebibyte",
    "GiB": "gibibyte",
    "TiB": "tebibyte",
}
_AMBIGUOUS: Final = {f"{prefix}b": prefix.upper() for prefix in ("K", "M", "G", "T", "P")}
_ANY_CASE: Final = {
    **{each.lower(): name for each, name in _EXACT.items() if len(each) > 1},
    **dict.fromkeys(("byte", "bytes"), "byte"),
    **dict.fromkeys(("bit", "bits"), "bit"),
    **dict.fromkeys(("kbit", "kbits"), "kilobit"),
    **dict.fromkeys(("mbit", "mbits"), "megabit"),
    **dict.fromkeys(("gbit", "gbits"), "gigabit"),
    **dict.fromkeys(("us", "µs", "microsecond", "microseconds"), "microsecond"),
    **dict.fromkeys(("ms", "msec", "millisecond", "milliseconds"), "millisecond"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "second"),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "minute"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "hour"),
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("week", "weeks"), "week"),
    **dict.fromkeys(("month", "months"), "month"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "year"),
    **dict.fromkeys(("cpu-s", "cpu-sec", "cpu-second", "cpu-seconds"), "second"),
    **dict.fromkeys(("core-s", "core-sec", "core-second", "core-seconds"), "second"),
    **dict.fromkeys(("cpu-ms", "core-ms"), "millisecond"),
}
_PER_SECOND: Final = {"qps": "query", "rps": "request", "tps": "tweet"}
_SAYS_NOTHING: Final = {"share", "exponent", "cpu"}
NOUNS: Final = {
    *("account", "candidate", "copy", "core", "entry", "failure", "fetch", "follower", "id"),
    *("load", "lookup", "machine", "node", "query", "read", "reader", "replica", "request"),
    *("retweet", "retweeter", "run", "scoring", "server", "shard", "timeline", "tweet", "user"),
    *("write", "person", "time"),
}
_LONG: Final = [each for each in (*_ANY_CASE, *SCALES) if len(each) > 3]
_PLURALS: Final = {
    "ids": "id",
    "copies": "copy",
    "queries": "query",
    "entries": "entry",
    "people": "person",
}


def unit_of(word: str) -> str:
    """The measure that `word` names ("day", "terabyte"); "" where it names none. Raises
    EstimateError for what may mean bits or bytes."""
    if word in _AMBIGUOUS:
        prefix = _AMBIGUOUS[word]
        raise EstimateError(f"{word} may mean bits or bytes. Write {prefix}B or {prefix}bit.")
    return _EXACT.get(word) or _ANY_CASE.get(word.lower(), "")


def a_second_of(word: str) -> str:
    """What `word` counts a second: "qps" counts queries; "" for any other word."""
    return _PER_SECOND.get(word.lower(), "")


def noun_of(word: str) -> str:
    """What is counted, in the singular; "" for a word that says nothing ("share").

    Any word may be counted, but one that is nearly a measure is a slip of the keys: raises
    EstimateError, with what was meant.
    """
    if word.isupper() and singular(word.lower()) not in NOUNS | _SAYS_NOTHING:
        raise EstimateError(f"“{word}” is no unit that is known here. Write KB, MB, GB, TB or PB.")
    word = word.lower()
    if word in _SAYS_NOTHING:
        return ""
    noun = singular(word)
    if noun not in NOUNS and len(word) > 3:
        close = get_close_matches(word, _LONG, 1, 0.8)
        if close:
            raise EstimateError(f"“{word}” is not known here. Did you mean {close[0]}?")
    return noun


def singular(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def plural(noun: str) -> str:
    known = {one: many for many, one in _PLURALS.items()}
    return known.get(noun) or f"{noun}{'es' if noun.endswith(('s', 'ch')) else 's'}"
