"""A line of an estimate as its numbers, words and signs. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from trainer.drills.estimating.errors import EstimateError

Kind = Literal["number", "word", "sign", "equals"]

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>
       (?:\d{1,3}(?:[,_]\d{3})+(?!\d)|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d,_])|\d+)
       (?:\.\d+)?(?:[eE][+-]?\d{1,3}(?![\w.]))?
       |\.\d+)
    |(?P<word>[kmgb](?=(?:qps|rps|tps)(?!\w))|(?:cpu|core)-(?:ms|s|sec|seconds?)(?!\w)|[A-Za-z\u00b5_][\w']*)
    |(?P<ratio>(?<=[\dA-Z]):(?=\d)|(?<=[\dA-Z][ ]):(?=[ ]\d))
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
_GROUPED: Final = re.compile(r"[,_\s]")
_SUPERSCRIPTS: Final = str.maketrans(
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207b", "0123456789-"
)
_RAISED: Final = re.compile(r"[\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u207b]+")
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
        return float(_GROUPED.sub("", self.text))


def tokens(line: str) -> list[Token]:
    """The tokens of a line, without a list's marker before it, and without what follows a #.
    Raises EstimateError for a sign that means nothing here."""
    line = _RAISED.sub(_to_the, line.partition("#")[0])
    marker = _MARKER.match(line)
    found: list[Token] = []
    at, glued = marker.end() if marker else 0, False
    while at < len(line):
        match = _TOKEN.match(line, at)
        if match is None:
            raise EstimateError(_unreadable(line, at))
        if match.lastgroup != "space":
            found.append(_token(match, glued, found))
        glued, at = match.lastgroup != "space", match.end()
    return [each for each in found if each.text != "~"]  # "about" says nothing more here


def _to_the(power: re.Match[str]) -> str:
    return f"^{power.group().translate(_SUPERSCRIPTS)}"


def _token(match: re.Match[str], glued: bool, before: Sequence[Token]) -> Token:
    text, group = match.group(), str(match.lastgroup)
    if group == "ratio":
        return Token("sign", "/", glued) if _ends_a_number(before) else Token("equals", text, glued)
    kinds: dict[str, Kind] = {"number": "number", "word": "word", "equals": "equals"}
    return Token(kinds.get(group, "sign"), _SAME.get(text, text), glued)


def _ends_a_number(before: Sequence[Token]) -> bool:
    """30:1 and 15B:500M are ratios, but n1:30 gives a name."""
    is_scaled = [each.kind for each in before[-2:]] == ["number", "word"] and before[-1].glued
    return is_scaled or (bool(before) and before[-1].kind == "number")


def _unreadable(line: str, at: int) -> str:
    if line[at] == "," and _DECIMAL_COMMA.search(line, max(0, at - 1)):
        return "A comma stands between thousands, as in 86,400; write 2.5 with a point."
    return f"“{line[at]}” cannot be read. Use numbers, names, units and + - * / ^ ( )."
