"""A line of an estimate as its numbers, words and signs. Pure."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from trainer.drills.estimating.errors import EstimateError

Kind = Literal["number", "word", "sign", "equals"]

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>(?:\d{1,3}(?:[,_]\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3}(?![\w.]))?
       |\.\d+)
    |(?P<word>(?:cpu|core)-(?:ms|s|sec|seconds?)(?!\w)|[A-Za-z\u00b5_][\w']*)
    |(?P<equals>:=|->|=>|[=:\u2248\u2192])
    |(?P<sign>\*\*|[-+*/^()%~\u00d7\u00b7\u00f7\u2212\u2013])""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_SAME: Final = {
    **dict.fromkeys(("\u00d7", "\u00b7"), "*"),
    **dict.fromkeys(("\u2212", "\u2013"), "-"),
    "\u00f7": "/",
    "**": "^",
}
_MARKER: Final = re.compile(r"\s*(?:[-*\u2022]|\d{1,2}[.)])\s+(?=[A-Za-z(])")
_DECIMAL_COMMA: Final = re.compile(r"\d,\d")


@dataclass(frozen=True, slots=True)
class Token:
    """`glued`: it follows the token before it without a space."""

    kind: Kind
    text: str
    glued: bool = False

    @property
    def value(self) -> float:
        """Of a number."""
        return float(self.text.replace(",", "").replace("_", ""))


def tokens(line: str) -> list[Token]:
    """The tokens of a line, without a list's marker before it, and without what follows a #.
    Raises EstimateError for a sign that means nothing here."""
    line = line.partition("#")[0]
    marker = _MARKER.match(line)
    at, found, glued = marker.end() if marker else 0, [], False
    while at < len(line):
        match = _TOKEN.match(line, at)
        if match is None:
            raise EstimateError(_unreadable(line, at))
        if match.lastgroup != "space":
            found.append(_token(match, glued))
        glued, at = match.lastgroup != "space", match.end()
    return [each for each in found if each.text != "~"]  # "about" says nothing more here


def _token(match: re.Match[str], glued: bool) -> Token:
    text = match.group()
    kinds: dict[str, Kind] = {"number": "number", "word": "word", "equals": "equals"}
    return Token(kinds.get(str(match.lastgroup), "sign"), _SAME.get(text, text), glued)


def _unreadable(line: str, at: int) -> str:
    if line[at] == "," and _DECIMAL_COMMA.search(line, max(0, at - 1)):
        return "A comma stands between thousands, as in 86,400; write 2.5 with a point."
    return f"“{line[at]}” cannot be read. Use numbers, names, units and + - * / ^ ( )."
