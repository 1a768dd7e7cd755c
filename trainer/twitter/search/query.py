"""The query language. Pure.

`rain coffee` both words, in any order; `"state of the art"` these words in this order; `-word`
without it (also before a phrase, `from:` or a hashtag); `a b OR c` a and b, or c; `from:handle`;
`#tag`; `since:2026-01-31` from that day on; `until:2026-02-15` before that day (UTC). A sign that
is neither letter nor digit only parts words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trainer.twitter.errors import (
    BadOperator,
    DanglingOr,
    EmptyQuery,
    OnlyNegativeQuery,
    QueryTooLong,
    UnbalancedQuotes,
)
from trainer.twitter.storable import UNSTORABLE

MOST_CHARACTERS = 200

_QUOTES = str.maketrans("“”„", '"""')  # what phones and word processors make of "
_PART = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')
_HASHTAG = re.compile(r"(#\w+)[\W_]*")
_HANDLE = re.compile(r"@?(\w{1,20})")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Sort(StrEnum):
    WORDS = "words"  # one word or a phrase: these words, in this order
    AUTHOR = "author"
    HASHTAG = "hashtag"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a tweet must have, or (`negative`) must not have.

    `value`: words as typed; a handle in lower case without @; a hashtag with its #, as typed.
    """

    sort: Sort
    value: str
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A tweet matches when all terms of one of the `groups` hold, and its day (UTC) is `since` or
    later and before `until`. Every group has a term that is not negative."""

    groups: tuple[tuple[Term, ...], ...]
    since: date | None = None
    until: date | None = None

    @property
    def handles(self) -> frozenset[str]:
        """The handles after `from:`, in lower case."""
        terms = (term for group in self.groups for term in group)
        return frozenset(term.value for term in terms if term.sort is Sort.AUTHOR)


def parse(text: str) -> Query:
    """Read a query of 1 to 200 characters.

    Raises QueryTooLong, UnbalancedQuotes, BadOperator, DanglingOr, OnlyNegativeQuery or EmptyQuery.
    """
    if len(text) > MOST_CHARACTERS:
        raise QueryTooLong(len(text), MOST_CHARACTERS)
    plain = unicodedata.normalize("NFC", UNSTORABLE.sub(" ", text)).translate(_QUOTES)
    if plain.count('"') % 2:
        raise UnbalancedQuotes(text)
    groups: list[list[Term]] = [[]]
    bounds: dict[str, date] = {}
    for negative, value, quoted in _parts(plain):
        if value == "OR" and not (quoted or negative):
            groups.append([])
        elif not quoted and (bound := _bound(value, negative)):
            bounds[bound[0]] = bound[1]
        elif term := _term(value, negative, quoted):
            groups[-1].append(term)
    return Query(_checked(groups, text), bounds.get("since"), bounds.get("until"))


def _parts(plain: str) -> Iterator[tuple[bool, str, bool]]:
    """What stands between blanks or quotes: negative, value, quoted."""
    for match in _PART.finditer(plain):
        quoted = match[2] is not None
        yield bool(match[1] or match[3]), match[2] if quoted else match[4], quoted


def _term(value: str, negative: bool, quoted: bool) -> Term | None:
    """The term that this part is, or None when it holds no letter and no digit."""
    operator, colon, rest = value.partition(":")
    if not quoted and colon and operator.lower() == "from":
        handle = _HANDLE.fullmatch(rest)
        if not handle:
            raise BadOperator(value, "name an account, as in from:alice")
        return Term(Sort.AUTHOR, handle[1].lower(), negative)
    hashtag = None if quoted else _HASHTAG.fullmatch(value)
    if hashtag and any(sign.isalpha() for sign in hashtag[1]):
        return Term(Sort.HASHTAG, hashtag[1], negative)
    if any(sign.isalnum() for sign in value):
        return Term(Sort.WORDS, value, negative)
    return None


def _bound(value: str, negative: bool) -> tuple[str, date] | None:
    """`since` or `until` and its day, or None when this part is neither."""
    operator, colon, rest = value.partition(":")
    name = operator.lower()
    if not colon or name not in ("since", "until"):
        return None
    remedy = f"write a day of the calendar, as in {name}:2026-01-31"
    if negative:
        raise BadOperator(f"-{value}", "leave out the minus; since: and until: end each other")
    if not _DAY.fullmatch(rest):
        raise BadOperator(value, remedy)
    try:
        return name, date.fromisoformat(rest)
    except ValueError as error:
        raise BadOperator(value, remedy) from error


def _checked(groups: list[list[Term]], text: str) -> tuple[tuple[Term, ...], ...]:
    if not any(groups):
        raise EmptyQuery(text)
    if not all(groups):
        raise DanglingOr(text)
    if any(all(term.negative for term in group) for group in groups):
        raise OnlyNegativeQuery(text)
    return tuple(tuple(group) for group in groups)
