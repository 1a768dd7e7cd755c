"""Columns as Postgres sends them in one value: `array_send(array_agg(column))`. Pure.

Millions of values become an array without one Python object each.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.world.copying import BOOL, EPOCH_MS, INT2, INT4, INT8
from trainer.twitter.world.population import Bools, Ints

HEADER = 20  # bytes of an array of one dimension; an empty one has no dimension and is shorter

Sent = bytes | memoryview | None  # None: no row, so no array


def smallints(sent: Sent) -> Ints:
    """A column of int2, as (n,) int8."""
    return _values(sent, INT2).astype(np.int8)


def ints(sent: Sent) -> Ints:
    """A column of int4, as (n,) int32."""
    return _values(sent, INT4).astype(np.int32)


def bigints(sent: Sent) -> Ints:
    """A column of int8, as (n,) int64."""
    return _values(sent, INT8).astype(np.int64)


def bools(sent: Sent) -> Bools:
    return _values(sent, BOOL).astype(np.bool_)


def instants(sent: Sent) -> Ints:
    """A column of timestamptz (microseconds since 2000), as (n,) int64 unix milliseconds."""
    return bigints(sent) // 1000 + EPOCH_MS


def _values(sent: Sent, kind: str) -> NDArray[Any]:
    """Of elements of which each is its length and its value, none of them null."""
    element = np.dtype([("length", INT4), ("value", kind)])
    if sent is None or len(sent) <= HEADER:
        return np.empty(0, dtype=kind)
    values: NDArray[Any] = np.frombuffer(sent, dtype=element, offset=HEADER)["value"]
    return values
