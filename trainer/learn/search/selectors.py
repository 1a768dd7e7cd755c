"""Searching everything that a pack teaches."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from trainer.catalog.schema import Pack
from trainer.learn.search import tsquery
from trainer.learn.search.asked import numbers_named, only_excludes, plain_words, sought
from trainer.learn.search.index import edition
from trainer.learn.search.lexemes import words
from trainer.learn.signed import is_negative

SHOWN: Final = 30
FEW: Final = 5  # with fewer hits, those that have some of the words follow
OTHERS: Final = 10
_ENDINGS: Final = 8
# Around a match, until all else is escaped: private characters, which no content holds.
_START: Final = "\ue000"
_STOP: Final = "\ue001"
_HEADLINE: Final = f"StartSel={_START}, StopSel={_STOP}"
_WHOLE: Final = f"{_HEADLINE}, HighlightAll=true"
_SNIPPET: Final = f'{_HEADLINE}, MaxFragments=2, MinWords=8, MaxWords=26, FragmentDelimiter=" … "'
_SEAM: Final = 16  # letters that tell whether a snippet begins or ends where its text does
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?", re.IGNORECASE)

# What is called as was typed, or has the value that was typed, is meant before all else.
_SEARCH = """
WITH wanted AS (SELECT {query} AS query), found AS (
  SELECT kind, title, text, path, position, query, count(*) OVER () AS total,
         number = ANY(%s) OR lower(title) = lower(%s) AS is_named,
         worth * ts_rank('{{0.1, 0.2, 0.4, 1.0}}', tsv, query, 1) AS rank
    FROM learn_passage, wanted
   WHERE edition_id = %s AND (tsv @@ query OR number = ANY(%s))
   ORDER BY is_named DESC, rank DESC, position LIMIT %s)
SELECT kind, path, total,
       ts_headline('english', title, query, %s), ts_headline('english', text, query, %s), text
  FROM found ORDER BY is_named DESC, rank DESC, position
"""
_BEGINS = """
SELECT word FROM learn_word WHERE edition_id = %s AND word LIKE %s
 ORDER BY word = %s DESC, uses DESC, word LIMIT %s
"""
# Found in whatever form, or too common to be looked for.
_KNOWN = """
SELECT word FROM unnest(%s::text[]) AS word, plainto_tsquery('english', word) AS query
 WHERE numnode(query) = 0
    OR EXISTS (SELECT FROM learn_passage WHERE edition_id = %s AND tsv @@ query)
"""
_NEAREST = """
SELECT word FROM learn_word WHERE edition_id = %s AND word %% %s
 ORDER BY similarity(word, %s) DESC, uses DESC, word LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A result. In `title` and `snippet` what matches is marked, and all else is escaped."""

    kind: str
    path: str
    title: SafeString
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class Found:
    """`total` may be more than the `hits`. `meant`: what was searched for where nothing had what
    was typed; `is_loose`: the hits have some of the words, as none has all; `others`: where few
    have all, some that have some. `only_excludes`: nothing was looked for, as the query names only
    what to leave out."""

    query: str
    hits: tuple[Hit, ...]
    total: int
    meant: str = ""
    is_loose: bool = False
    others: tuple[Hit, ...] = ()
    only_excludes: bool = False


def search(pack: Pack, query: str) -> Found:
    """What `pack` teaches of `query` (see asked.read), the best first.

    The language is websearch_to_tsquery's ("a phrase", or, -not); a last word may be unfinished.
    A leading minus before a value of the ledger is its sign. Where nothing is found: the same with
    the nearest words that are taught, and then any of them.
    """
    if only_excludes(query) and not numbers_named(pack, query):
        return Found(query, (), 0, only_excludes=True)
    index = edition(pack)
    found = _find(pack, index, query)
    if found.hits or not query:
        return replace(found, others=_others(pack, index, query, found))
    meant = _nearest(index, query)
    if meant != query:
        corrected = replace(_find(pack, index, meant), query=query, meant=meant)
        if corrected.hits:
            return replace(corrected, others=_others(pack, index, meant, corrected))
    some = [each for each in sought(meant).split() if not each.startswith("-")]
    if len(some) < 2:
        return found
    loose = _find(pack, index, tsquery.any_of(some))
    shown = meant if meant != query else ""
    return replace(loose, query=query, meant=shown, is_loose=True) if loose.hits else found


def _others(pack: Pack, index: int, query: str, found: Found) -> tuple[Hit, ...]:
    """What has some words of `query`, where `found` is little. A value of the ledger is found
    whole or not at all."""
    wanted = sought(query)
    some = plain_words(wanted)
    if len(found.hits) >= FEW or len(some) < 2 or numbers_named(pack, wanted):
        return ()
    known = {hit.path for hit in found.hits}
    loose = _find(pack, index, tsquery.any_of(some)).hits
    return tuple(hit for hit in loose if hit.path not in known)[:OTHERS]


def _find(pack: Pack, index: int, query: str) -> Found:
    wanted = sought(query)
    named = numbers_named(pack, wanted)
    if named and is_negative(wanted):
        wanted = f'"{wanted}"'  # else the minus would exclude what follows
    sql, parameters = tsquery.compose(wanted, _endings(index, wanted))
    given: list[Any] = [*parameters, named, query, index, named, SHOWN, _WHOLE, _SNIPPET]
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH.format(query=sql), given)
        rows = cursor.fetchall()
    hits = tuple(
        Hit(kind, path, _marked(title), _marked(_with_dots(snippet, text)))
        for kind, path, _, title, snippet, text in rows
    )
    return Found(query, hits, rows[0][2] if rows else 0)


def _endings(index: int, query: str) -> Sequence[str]:
    """The commonest words that begin as the last one does, unless that is whole."""
    begun = tsquery.unfinished(query)
    if begun is None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_BEGINS, [index, f"{begun.word}%", begun.word, _ENDINGS])
        found = [word for (word,) in cursor.fetchall()]
    return () if begun.word in found else found


def _nearest(index: int, query: str) -> str:
    """`query` with the nearest taught word for each that is not taught."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [sorted(words(query)), index])
        known = {word for (word,) in cursor.fetchall()}

        def better(match: re.Match[str]) -> str:
            typed = match.group().lower()
            if typed in known or typed not in words(typed):
                return match.group()
            cursor.execute(_NEAREST, [index, typed, typed])
            row = cursor.fetchone()
            return row[0] if row else match.group()

        return _WORD.sub(better, query)


def _with_dots(snippet: str, text: str) -> str:
    """`snippet` with dots where it leaves out the beginning or the end of `text`."""
    bare = snippet.replace(_START, "").replace(_STOP, "")
    before = "" if text.startswith(bare[:_SEAM]) else "… "
    after = "" if text.endswith(bare[-_SEAM:]) else " …"
    return f"{before}{snippet}{after}"


def _marked(headline: str) -> SafeString:
    """Safe: everything is escaped before the marks, which are ours alone, are put in."""
    shown = str(escape(headline)).replace(_START, "<mark>").replace(_STOP, "</mark>")
    return mark_safe(shown)  # noqa: S308
