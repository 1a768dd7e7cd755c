"""Cursors: where in which list the next page begins. Pure.

A cursor is bound to its world, reader and weights by a checksum; it holds no secret.
"""

import base64
import struct
from dataclasses import dataclass
from hashlib import blake2s

from trainer.twitter.errors import UnknownCursor
from trainer.twitter.mixer.types import Weights
from trainer.twitter.tweets import snowflake

_BODY = struct.Struct(">BQHQ")
_CHECK_BYTES = 8  # with the body 27 bytes: 36 letters, no padding
_LENGTH = (_BODY.size + _CHECK_BYTES) * 4 // 3
_RANKED, _CHRONOLOGICAL = 1, 2
MOST_OFFSET = 10_000


@dataclass(frozen=True, slots=True)
class Ranked:
    """In the ranked list that is kept under `token` (64 bits), from entry `offset` on; it was made
    as of `at_ms` (world time, unix milliseconds)."""

    token: int
    offset: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Chronological:
    """In the chronological timeline, below entry `before`."""

    before: int


Place = Ranked | Chronological


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose timeline is read, of which world, by which weights."""

    world_id: int
    account_id: int
    weights: Weights


def encode(place: Place, reading: Reading) -> str:
    """36 letters, digits, - and _."""
    if isinstance(place, Ranked):
        body = _BODY.pack(_RANKED, place.token, place.offset, place.at_ms)
    else:
        body = _BODY.pack(_CHRONOLOGICAL, place.before, 0, 0)
    return base64.urlsafe_b64encode(body + _check(body, reading)).decode()


def decode(cursor: str | None, reading: Reading) -> Place | None:
    """The place; None for the first page. Raises UnknownCursor for what `encode` did not give for
    this very reading."""
    if cursor is None:
        return None
    body, check = _split(cursor)
    if check != _check(body, reading):
        raise UnknownCursor(cursor)
    kind, number, offset, at_ms = _BODY.unpack(body)
    if kind == _CHRONOLOGICAL and 0 < number <= snowflake.GREATEST:
        return Chronological(number)
    if kind == _RANKED and 0 < offset <= MOST_OFFSET:
        return Ranked(number, offset, at_ms)
    raise UnknownCursor(cursor)


def _split(cursor: str) -> tuple[bytes, bytes]:
    try:
        whole = base64.b64decode(cursor, b"-_", validate=True) if len(cursor) == _LENGTH else b""
    except ValueError:
        whole = b""
    if not whole or base64.urlsafe_b64encode(whole).decode() != cursor:
        raise UnknownCursor(cursor)
    return whole[: _BODY.size], whole[_BODY.size :]


def _check(body: bytes, reading: Reading) -> bytes:
    weights = (reading.weights.id, sorted(reading.weights.by_kind.items()))
    bound = repr((reading.world_id, reading.account_id, weights)).encode()
    return blake2s(body + bound, digest_size=_CHECK_BYTES).digest()
