"""Rows as Postgres's COPY reads them in its binary format, made by columns. Pure.

Columns of a fixed width come first in a row, so that one structured array holds the heads of all
rows; texts and lists follow. (The order of columns is free: COPY names them.)
"""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.world.population import Ints, Lists

HEADER = b"PGCOPY\n\xff\r\n\x00" + struct.pack(">ii", 0, 0)
TRAILER = struct.pack(">h", -1)
ROWS_A_CHUNK = 1 << 14

INT2, INT4, INT8, FLOAT8, BOOL = ">i2", ">i4", ">i8", ">f8", "?"
INT4_OID = 23
EPOCH_MS = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp() * 1000)

# A type of the above, and a column of that many values or the one value of all rows.
Fixed = Mapping[str, tuple[str, NDArray[np.generic] | int]]


def timestamps(unix_ms: Ints) -> Ints:
    """What a timestamptz is made of: microseconds since 2000, (n,) int64, to be sent as INT8."""
    return (unix_ms - EPOCH_MS) * 1000


def rows(count: int, fixed: Fixed, varying: Sequence[Iterable[bytes]] = ()) -> Iterator[bytes]:
    """Chunks of the whole COPY: `count` rows of the fixed columns and then the varying ones."""
    heads = _heads(count, fixed, len(fixed) + len(varying))
    yield HEADER
    if varying:
        yield from _with_tails(heads, zip(*varying, strict=True))
    else:
        for start in range(0, count, ROWS_A_CHUNK):
            yield heads[start : start + ROWS_A_CHUNK].tobytes()
    yield TRAILER


def texts(values: Iterable[str]) -> Iterator[bytes]:
    return (value.encode() for value in values)


def int_lists(lists: Lists) -> Iterator[bytes]:
    """Each account's list as int4[]: a header, then (length, value) for each; ids, not indexes."""
    items = np.empty((len(lists.flat), 2), dtype=INT4)
    items[:, 0] = 4
    items[:, 1] = lists.flat
    items[:, 1] += 1
    body = memoryview(items.tobytes())
    start = lists.start.tolist()
    for first, last in pairwise(start):
        if first == last:
            yield struct.pack(">iii", 0, 0, INT4_OID)
        else:
            head = struct.pack(">iiiii", 1, 0, INT4_OID, last - first, 1)
            yield head + body[8 * first : 8 * last]


def _heads(count: int, fixed: Fixed, fields: int) -> NDArray[np.void]:
    dtype = np.dtype(
        [("fields", INT2)]
        + [
            part
            for name, (kind, _) in fixed.items()
            for part in ((f"length of {name}", INT4), (name, kind))
        ]
    )
    heads = np.empty(count, dtype=dtype)
    heads["fields"] = fields
    for name, (kind, values) in fixed.items():
        heads[f"length of {name}"] = np.dtype(kind).itemsize
        heads[name] = values
    return heads


def _with_tails(heads: NDArray[np.void], tails: Iterable[tuple[bytes, ...]]) -> Iterator[bytes]:
    width, packed = heads.dtype.itemsize, memoryview(heads.tobytes())
    length = struct.Struct(">i").pack
    chunk: list[bytes | memoryview] = []
    for number, tail in enumerate(tails):
        chunk.append(packed[number * width : (number + 1) * width])
        for value in tail:
            chunk += length(len(value)), value
        if number % ROWS_A_CHUNK == ROWS_A_CHUNK - 1:
            yield b"".join(chunk)
            chunk.clear()
    yield b"".join(chunk)
