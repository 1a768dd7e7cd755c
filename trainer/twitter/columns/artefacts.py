"""Arrays that were computed from a base world: kept in Postgres, copied to each machine once."""

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection, transaction
from numpy.typing import NDArray

from trainer.lib import clock
from trainer.lib.ids import new_id
from trainer.twitter.columns import copies
from trainer.twitter.columns.copies import Arrays, Part
from trainer.twitter.columns.models import Artefact
from trainer.twitter.columns.progress import begin, fail, making, say
from trainer.twitter.errors import ArtefactMissing, ArtefactOfOtherFormat, UnknownWorld
from trainer.twitter.world.copying import HEADER, INT2, INT4, INT8, TRAILER
from trainer.twitter.world.value import World

__all__ = ["Loaded", "begin", "current_version", "fail", "load", "making", "save", "say"]

PIECE = 4 << 20  # bytes read or written at a time
NAME = re.compile(r"[a-z0-9_.]{1,40}")  # a file's name as well
NUMBERS = "biuf"  # kinds of dtype that are stored: no objects
log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False, slots=True)
class Loaded:
    """An artefact. Its arrays are read-only, and shared by all processes of the machine."""

    arrays: Arrays
    meta: Mapping[str, Any]
    version: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class _Stored:
    """What is known of an artefact without reading its arrays."""

    id: int
    format: int
    version: str
    meta: Mapping[str, Any]
    made_at: datetime
    parts: tuple[Part, ...]


class _Replaced(Exception):
    """The artefact was saved anew while it was read."""


_SAVE = """
INSERT INTO twitter_artefact
       (world_id, name, format, version, state, step, progress, made_at, meta)
VALUES (%(world)s, %(name)s, %(format)s, %(version)s, %(state)s, '', 1, %(now)s, %(meta)s)
ON CONFLICT (world_id, name) DO UPDATE
   SET format = excluded.format, version = excluded.version, state = excluded.state, step = '',
       progress = 1, made_at = excluded.made_at, meta = excluded.meta
RETURNING id
"""
_COPY = (
    "COPY twitter_artefactarray (artefact_id, name, dtype, shape, body) FROM STDIN (FORMAT binary)"
)
# One statement, so that the arrays are those of the version.
_STORED = """
SELECT m.id, m.format, m.version, m.meta::text, m.made_at, m.state, m.step, m.progress,
       array_agg(a.name ORDER BY a.name) FILTER (WHERE a.name IS NOT NULL),
       array_agg(a.dtype ORDER BY a.name), array_agg(a.shape::text ORDER BY a.name)
  FROM twitter_artefact m LEFT JOIN twitter_artefactarray a ON a.artefact_id = m.id
 WHERE m.world_id = %s AND m.name = %s GROUP BY m.id
"""
_PIECE = """
SELECT substring(a.body FROM %s FOR %s)
  FROM twitter_artefactarray a JOIN twitter_artefact m ON m.id = a.artefact_id
 WHERE m.id = %s AND m.version = %s AND a.name = %s
"""


def save(
    world: World, name: str, format_: int, arrays: Arrays, meta: Mapping[str, Any] | None = None
) -> str:
    """Replace the artefact of that name by these arrays of numbers, and JSON that says what is
    known of them; its new version. All or nothing, in one transaction.

    Raises UnknownWorld for a base that was dropped meanwhile, ValueError for a name or an array
    that cannot be stored.
    """
    sent = {each: _storable(each, array) for each, array in arrays.items()}
    version = new_id()
    wanted: dict[str, Any] = {
        "world": world.root.id,
        "name": name,
        "format": format_,
        "version": version,
        "state": Artefact.State.READY,
        "now": clock.now(),
        "meta": json.dumps(dict(meta or {})),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        _hold(cursor, world.root)
        cursor.execute(_SAVE, wanted)
        (artefact_id,) = cursor.fetchone()
        cursor.execute("DELETE FROM twitter_artefactarray WHERE artefact_id = %s", [artefact_id])
        with cursor.copy(_COPY) as sink:
            for chunk in _sent(artefact_id, sent):
                sink.write(chunk)
    return version


def load(world: World, name: str, format_: int, *, folder: Path | None = None) -> Loaded:
    """The artefact of that name, mapped from this machine's copy under `folder` (None: the data
    folder's "columns"), which is made if it is not there or not whole; where it cannot be written,
    the arrays are held in memory.

    Raises ArtefactMissing, and ArtefactOfOtherFormat if other code wrote it.
    """
    parent = settings.DATA_DIR / "columns" if folder is None else folder
    while True:
        stored = _stored(world, name, format_)
        try:
            arrays = _arrays(stored, parent)
        except _Replaced:
            continue
        return Loaded(arrays, stored.meta, stored.version, stored.made_at)


def current_version(world: World, name: str) -> str | None:
    """Which version `load` would give now, if any: a fraction of a millisecond."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version FROM twitter_artefact"
            " WHERE world_id = %s AND name = %s AND version <> ''",
            [world.root.id, name],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _hold(cursor: Any, base: World) -> None:
    """Keep the base from being dropped until the end of the transaction."""
    cursor.execute("SELECT FROM twitter_world WHERE id = %s FOR KEY SHARE", [base.id])
    if cursor.fetchone() is None:
        raise UnknownWorld(base.public_id)


def _storable(name: str, array: NDArray[Any]) -> NDArray[Any]:
    if not NAME.fullmatch(name) or array.dtype.kind not in NUMBERS:
        raise ValueError(f"{name!r} ({array.dtype}): name it {NAME.pattern}, and keep numbers.")
    return np.asarray(array, dtype=array.dtype.newbyteorder("<"), order="C")


def _sent(artefact_id: int, arrays: Arrays) -> Iterator[bytes | memoryview]:
    """The rows as COPY reads them, a large body in pieces."""
    yield HEADER
    for name, array in arrays.items():
        shape = b"\x01" + json.dumps(array.shape).encode()  # jsonb's only version, then its text
        heads = (_big(artefact_id, INT8), name.encode(), array.dtype.str.encode(), shape)
        yield _big(len(heads) + 1, INT2)
        yield b"".join(_big(len(head), INT4) + head for head in heads)
        yield _big(array.nbytes, INT4)
        body = array.reshape(-1).view(np.uint8)
        for start in range(0, array.nbytes, PIECE):
            yield body[start : start + PIECE].data
    yield TRAILER


def _big(value: int, kind: str) -> bytes:
    return np.array(value, dtype=kind).tobytes()


def _stored(world: World, name: str, format_: int) -> _Stored:
    with connection.cursor() as cursor:
        cursor.execute(_STORED, [world.root.id, name])
        row = cursor.fetchone()
    if row is None or not row[2]:
        raise ArtefactMissing(name, world.root.public_id, _how_far(row))
    id_, found, version, meta, made_at, *_, names, dtypes, shapes = row
    if found != format_:
        raise ArtefactOfOtherFormat(name, found, format_)
    parts = zip(names or (), dtypes, (tuple(json.loads(s)) for s in shapes if s), strict=False)
    return _Stored(
        id_, found, version, json.loads(meta), made_at, tuple(Part(*part) for part in parts)
    )


def _how_far(row: tuple[Any, ...] | None) -> str:
    """What the row of one that is not there says: "" for no row."""
    if row is None:
        return ""
    state, step, progress = row[5:8]
    if state == Artefact.State.FAILED:
        return f"making it failed: {step}"
    return f"it is being made, {progress:.0%}" + (f": {step}" if step else "")


def _arrays(stored: _Stored, parent: Path) -> Arrays:
    def pieces(part: Part) -> Iterable[bytes]:
        return _pieces(stored, part)

    copy = parent / stored.version
    if (found := copies.opened(copy, stored.parts)) is not None:
        return found
    try:
        made = copies.make(copy, stored.parts, pieces)
        copies.forget(parent, _versions)
    except OSError as error:
        log.warning("Arrays are held in memory, as %s cannot be written: %s", copy, error)
        return copies.in_memory(stored.parts, pieces)
    return made


def _pieces(stored: _Stored, part: Part) -> Iterator[bytes]:
    """An array's bytes. Raises _Replaced when they are gone."""
    with connection.cursor() as cursor:
        for start in range(0, part.size, PIECE):
            cursor.execute(_PIECE, [start + 1, PIECE, stored.id, stored.version, part.name])
            row = cursor.fetchone()
            if row is None:
                raise _Replaced
            yield bytes(row[0])


def _versions() -> set[str]:
    return set(Artefact.objects.values_list("version", flat=True))
