"""A value that Redis lost is made again by one of those who miss it; the others wait for it.

For values that never change once made: two makers would do double work, but no harm.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from trainer.resilience.scripts import Client, Script, get_many, run_many

# A maker that died holds the others up for no longer. Making takes some tens of milliseconds.
LOCK_MS = 2000
PATIENCE_S = 4.0  # longer than a lock, so that a waiter takes over from a maker that died
POLL_S = 0.01

Make = Callable[[Sequence[int]], Sequence[bytes]]

_CLAIM = Script("""
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return 0
""")
_STORE = Script("""
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
return 1
""")
_RELEASE = Script("""
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
""")


class StillMissing(Exception):
    """Somebody else has been making the value for too long: do without Redis this time."""


@dataclass(frozen=True, slots=True)
class Values:
    """`values` in the order of the keys; `made`: how many of them this call made itself."""

    values: list[bytes]
    made: int


@dataclass(frozen=True)
class Flight:
    """How long to hold a lock, to wait for another's, and to keep what was made."""

    keep_s: int
    lock_ms: int = LOCK_MS
    patience_s: float = PATIENCE_S
    token: str = field(default_factory=secrets.token_hex)


def get_or_make(redis: Client, keys: Sequence[bytes], make: Make, flight: Flight) -> Values:
    """The values of `keys`. `make` is given the places of those it should make, in `keys`.

    Raises StillMissing, and what redis-py and `make` raise.
    """
    found = get_many(redis, keys)
    made = 0
    deadline = time.monotonic() + flight.patience_s
    while missing := [n for n, value in enumerate(found) if value is None]:
        mine = _claim(redis, [keys[n] for n in missing], missing, flight)
        if mine:
            made += len(mine)
            values = _make(redis, [keys[n] for n in mine], partial(make, mine), flight)
            for n, value in zip(mine, values, strict=True):
                found[n] = value
        elif time.monotonic() > deadline:
            raise StillMissing(f"{len(missing)} values, the first of {keys[missing[0]]!r}")
        else:
            time.sleep(POLL_S)
        others = [n for n in missing if found[n] is None]
        for n, other in zip(others, get_many(redis, [keys[n] for n in others]), strict=True):
            found[n] = other
    return Values([value for value in found if value is not None], made)


def lock(key: bytes) -> bytes:
    """The key of the lock; it lies in the slot of `key`, which must have a hash tag."""
    return b"lock:" + key


def _claim(
    redis: Client, keys: Sequence[bytes], places: Sequence[int], flight: Flight
) -> list[int]:
    """Those of `places` whose making fell to us."""
    calls = [((key, lock(key)), (flight.token, flight.lock_ms)) for key in keys]
    replies = run_many(redis, _CLAIM, calls)
    return [place for place, won in zip(places, replies, strict=True) if won]


def _make(
    redis: Client, keys: Sequence[bytes], make: Callable[[], Sequence[bytes]], flight: Flight
) -> Sequence[bytes]:
    try:
        values = make()
    except BaseException:  # what cannot be made must not keep the next who asks waiting
        run_many(redis, _RELEASE, [((lock(key),), (flight.token,)) for key in keys])
        raise
    calls = [
        ((key, lock(key)), (flight.token, value, flight.keep_s))
        for key, value in zip(keys, values, strict=True)
    ]
    run_many(redis, _STORE, calls)
    return values
