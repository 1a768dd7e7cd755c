"""Every Redis key of the mini Twitter.

The hash tag is the account's bucket alone: the lists of one reader in a base and in its overlay
share a slot, so one script call may touch both; a script call never touches two buckets.
"""

import re
import struct

# More buckets spread a cluster more evenly, fewer make fuller script calls. A tweet to 700
# followers still fills 32 calls with 22 followers each.
BUCKETS = 32


def bucket(account_id: int) -> int:
    return account_id % BUCKETS


def home_prefix(world_id: int, bucket_number: int) -> bytes:
    """The key that a fan-out script names; a timeline's key is this and the packed account id."""
    return b"home:{%d}:%d:" % (bucket_number, world_id)


def home(world_id: int, account_id: int) -> bytes:
    """A list of 8-byte big-endian tweet ids; see timelines/window.py."""
    return home_prefix(world_id, bucket(account_id)) + struct.pack("<I", account_id)


def home_lock(world_id: int, account_id: int) -> bytes:
    return b"home-lock:{%d}:%d:%d" % (bucket(account_id), world_id, account_id)


def followers(world_id: int, account_id: int) -> bytes:
    """A string of u32, little-endian, sorted by (bucket, id)."""
    return b"followers:{%d}:%d:%d" % (bucket(account_id), world_id, account_id)


def following(world_id: int, account_id: int) -> bytes:
    """A string of u32, little-endian, sorted."""
    return b"following:{%d}:%d:%d" % (bucket(account_id), world_id, account_id)


def pullers(world_id: int) -> bytes:
    """A string of u32: the authors of the base's pull-stamped tweets, sorted."""
    return b"pullers:{0}:%d" % world_id


def pulled(world_id: int, author_id: int) -> bytes:
    """A string: a floor marker, then the newest pull-stamped ids of one author of the base."""
    return b"pulled:{%d}:%d:%d" % (bucket(author_id), world_id, author_id)


def ranked(world_id: int, account_id: int, token: int) -> bytes:
    """A string: a ranked list; see mixer/cache.py."""
    return b"ranked:{%d}:%d:%d:%d" % (bucket(account_id), world_id, account_id, token)


def answer(world_id: int, account_id: int) -> bytes:
    """A string: the last answer a reader got; see mixer/cache.py."""
    return b"answer:{%d}:%d:%d" % (bucket(account_id), world_id, account_id)


def breaker(world_id: int, part: str) -> bytes:
    """The breaker around a part of the home mixer; those of a world lie on one node."""
    return b"breaker:{%d}:%d:%s" % (bucket(world_id), world_id, part.encode())


def pattern(world_id: int) -> bytes:
    """A glob pattern that every key of a world matches, and a few others; `is_of` tells."""
    return b"*:{*}:%d*" % world_id


def is_of(world_id: int, key: bytes) -> bool:
    """Whether a key belongs to the world."""
    found = _KEY.match(key)
    return found is not None and int(found[1]) == world_id


_KEY = re.compile(rb"[a-z-]+:\{\d+\}:(\d+)(?::|$)")
