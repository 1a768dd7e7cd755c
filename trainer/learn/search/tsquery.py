"""A query as Postgres matches it. Pure: SQL with a placeholder for each thing that was typed."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from trainer.learn.search.lexemes import findable

_WEB: Final = "websearch_to_tsquery('english', %s)"
_LAST: Final = re.compile(r"(?P<rest>.*?)(?P<word>[a-z]{2,})", re.IGNORECASE)


class Unfinished(NamedTuple):
    """A query whose last word may be the beginning of one."""

    rest: str
    word: str


def unfinished(query: str) -> Unfinished | None:
    """`query` as the words before and the beginning of the last; None where the last one is no
    plain word, is excluded, or stands in a phrase."""
    match = _LAST.fullmatch(query)
    if match is None or '"' in query or match["rest"][-1:] not in ("", " "):
        return None
    return Unfinished(match["rest"].strip(), match["word"].lower())


def compose(query: str, endings: Sequence[str] = ()) -> tuple[str, list[str]]:
    """SQL of type tsquery for what was typed, and its parameters in order. `endings`: whole words
    in the place of the last one, any of which will do."""
    begun = unfinished(query) if endings else None
    if begun is None:
        return _WEB, [findable(query)]
    last = " || ".join([_WEB] * len(endings))
    return f"({_WEB} || ({_WEB} && ({last})))", [findable(query), findable(begun.rest), *endings]


def any_of(words: Iterable[str]) -> str:
    """A query that is met by any of `words`."""
    return " or ".join(words)
