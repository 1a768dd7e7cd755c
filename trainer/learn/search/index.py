"""The index of a pack, built once for each state of its content, by whoever searches first."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db import connection, transaction
from django.urls import reverse

from trainer.catalog.prose import plain
from trainer.catalog.schema import Pack
from trainer.learn.models import Edition, Word
from trainer.learn.search import passages as taught
from trainer.learn.search.lexemes import findable, joined_compounds, words
from trainer.lib import clock

# Besides the newest: while a release takes over, the processes of the one before search their own.
KEPT_BEFORE: Final = 1
_BUILDER: Final = 1  # raised when the same passages are to be indexed in another way

# A passage is found by its title, its text and what else it is called, in this order of weight.
_INSERT: Final = """
INSERT INTO learn_passage (edition_id, position, kind, title, text, path, number, worth, tsv)
SELECT %(edition)s, position, kind, title, text, path, number, worth,
       setweight(to_tsvector('english', a), 'A') || setweight(to_tsvector('english', b), 'B')
       || setweight(to_tsvector('english', d), 'D')
  FROM unnest(%(kinds)s::text[], %(titles)s::text[], %(texts)s::text[], %(paths)s::text[],
              %(numbers)s::text[], %(worths)s::float8[], %(a)s::text[], %(b)s::text[],
              %(d)s::text[])
       WITH ORDINALITY AS t (kind, title, text, path, number, worth, a, b, d, position)
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as it is indexed."""

    passage: taught.Passage
    path: str


@dataclass(frozen=True, slots=True)
class Content:
    """What there is to index, and the hash that names it."""

    pack: Pack
    rows: tuple[Row, ...]
    version: str


_contents: dict[str, Content] = {}


def content(pack: Pack) -> Content:
    """The passages of `pack`, made once a process: some hundred texts are turned plain for it."""
    kept = _contents.get(pack.slug)
    if kept is None or kept.pack is not pack:
        kept = _contents[pack.slug] = _made(pack)
    return kept


def edition(pack: Pack) -> int:
    """The id of the index of `pack` as it is now; builds it where it is not there. Who builds it
    holds a lock meanwhile, and others wait for it: it takes about a second."""
    wanted = content(pack)
    if (found := _find(wanted)) is not None:
        return found
    with transaction.atomic():
        _lock(wanted.pack.slug)
        found = _find(wanted)
        return _build(wanted) if found is None else found


def _find(wanted: Content) -> int | None:
    rows = Edition.objects.filter(pack=wanted.pack.slug, version=wanted.version)
    return rows.values_list("pk", flat=True).first()


def _lock(pack: str) -> None:
    with connection.cursor() as cursor:
        key = f"learn.search:{pack}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _build(wanted: Content) -> int:
    made = Edition.objects.create(
        pack=wanted.pack.slug, version=wanted.version, built_at=clock.now()
    )
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, {"edition": made.pk, **_columns(wanted.rows)})
    uses = Counter(word for row in wanted.rows for word in _words(row.passage))
    Word.objects.bulk_create(
        [Word(edition=made, word=word, uses=count) for word, count in uses.items()]
    )
    _drop_old(wanted.pack.slug, made.pk)
    return made.pk


def _drop_old(pack: str, newest: int) -> None:
    before = Edition.objects.filter(pack=pack).exclude(pk=newest).order_by("-built_at", "-pk")
    old = list(before.values_list("pk", flat=True)[KEPT_BEFORE:])
    Edition.objects.filter(pk__in=old).delete()


def _columns(rows: Sequence[Row]) -> dict[str, list[Any]]:
    """The columns of _INSERT, each with a value for each row."""
    parts = [row.passage for row in rows]
    also = [f"{each.also} {joined_compounds(f'{each.title} {each.text}')}" for each in parts]
    return {
        "kinds": [each.kind for each in parts],
        "titles": [each.title for each in parts],
        "texts": [each.text for each in parts],
        "paths": [row.path for row in rows],
        "numbers": [each.number for each in parts],
        "worths": [each.worth for each in parts],
        "a": [findable(each.title) for each in parts],
        "b": [findable(each.text) for each in parts],
        "d": [findable(each) for each in also],
    }


def _words(passage: taught.Passage) -> set[str]:
    return words(f"{passage.title} {passage.text} {passage.also}")


def _made(pack: Pack) -> Content:
    found = taught.passages(pack, partial(plain, pack))
    rows = tuple(Row(each, _path(pack, each.place)) for each in found)
    return Content(pack, rows, _hash(rows))


def _path(pack: Pack, place: taught.Place) -> str:
    return reverse(place.view, args=(pack.slug, *place.arguments)) + place.tail


def _hash(rows: Sequence[Row]) -> str:
    digest = hashlib.sha256(str(_BUILDER).encode())
    for line in _lines(rows):
        digest.update(line.encode())
    return digest.hexdigest()


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        each = row.passage
        shown = [each.kind, each.title, each.text, row.path]
        yield json.dumps([*shown, each.also, each.number, each.worth])
