"""Numbers in words: "two and a half billion", "a hundred and fifty million". Pure."""

from collections.abc import Sequence
from typing import Final

_SMALL: Final = """zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen"""
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS: Final = {
    **{word: float(value) for value, word in enumerate(_SMALL.split())},
    **{word: 10.0 * value for value, word in enumerate(_TENS.split(), start=2)},
    "dozen": 12.0,
}
SCALES: Final = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_ARTICLES: Final = ("a", "an")


def spoken(words: Sequence[str]) -> tuple[float, int] | None:
    """The number that `words` (lower case) begin with, and how many of them it takes.

    A lone "hundred" or "million" is none ("a few hundred"), but "a hundred" is.
    """
    if words[0] == "half":
        return _half(words)
    at = 1 if words[0] in _ARTICLES else 0
    if at and (len(words) < 2 or words[1] not in (*SCALES, "hundred", "dozen")):
        return None
    if not at and words[0] not in WORDS:
        return None
    return _sum(words, at)


def _half(words: Sequence[str]) -> tuple[float, int] | None:
    """Half a million."""
    at = 2 if len(words) > 1 and words[1] in _ARTICLES else 1
    if len(words) > at and words[at] in SCALES:
        return 0.5 * SCALES[words[at]], at + 1
    return None


def _sum(words: Sequence[str], at: int) -> tuple[float, int]:
    """Hundreds, thousands and so on from `at` on; and the place after the last of them."""
    total, current, last = 0.0, 0.0, at
    while last < len(words):
        word = words[last]
        if word in WORDS:
            if current % 10 and word not in ("dozen",):
                break  # "one two" is two numbers
            current += WORDS[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES or (current and word.removesuffix("s") in SCALES):
            total, current = total + (current or 1) * SCALES[word.removesuffix("s")], 0.0
        elif tuple(words[last : last + 3]) == ("and", "a", "half"):
            current, last = current + 0.5, last + 2
        elif not _joins(words, last):
            break
        last += 1
    return total + current, last


def _joins(words: Sequence[str], at: int) -> bool:
    """ "and" or a hyphen between two parts of one number: "a hundred and fifty", "ninety-nine"."""
    if at + 1 >= len(words) or words[at + 1] not in WORDS:
        return False
    if words[at] == "and":
        return words[at - 1] in (*SCALES, "hundred")
    return words[at] == "-" and words[at - 1] in _TENS.split()
