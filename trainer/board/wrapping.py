"""Breaks a name into lines that fit a box, without a font at hand: widths are estimates. Pure."""

import unicodedata
from functools import lru_cache

_NARROW = frozenset("iljtfrI.,:;'!|()[]{}/ ")
_WIDE = frozenset("mwMW@%&")


@lru_cache(maxsize=512)
def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 14.0
    if unicodedata.combining(letter):
        return 0.0
    if letter in _NARROW:
        return 4.5
    if letter in _WIDE:
        return 12.0
    return 9.2 if letter.isupper() else 7.6


def text_width(text: str) -> float:
    """About how wide `text` is in px, set in a system font of 13 px; rather more than less."""
    return sum(_letter(letter) for letter in text)


def wrap(text: str, width: float) -> tuple[str, ...]:
    """The words of `text` in lines of at most `width` px. A longer word is broken."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.extend(_broken(word, width))
    return tuple(lines)


def _broken(word: str, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
