"""Who follows whom: a base's lists from Redis (or Postgres), an overlay's changes from Postgres."""

from collections.abc import Sequence

import numpy as np
from django.db import connection

from trainer.resilience.scripts import Client
from trainer.resilience.single_flight import Flight, get_or_make
from trainer.twitter import keys
from trainer.twitter.errors import UnknownAccount
from trainer.twitter.graph.packed import DTYPE, Ids, by_bucket, from_postgres, pack, unpack
from trainer.twitter.world import ids
from trainer.twitter.world.value import World

KEPT_S = 7 * 24 * 3600  # in Redis; a base never changes, so only memory is at stake


def following(redis: Client | None, world: World, account_id: int) -> Ids:
    """Whom the account follows now, sorted u32. Without Redis, from Postgres alone.

    Raises UnknownAccount, and as `get_or_make`.
    """
    base = _base(redis, world, account_id, keys.following(world.root.id, account_id), "following")
    return _with_changes(base, world, "followee_id", "follower_id", account_id)


def followers(redis: Client | None, world: World, account_id: int) -> Ids:
    """Who follows the account now, u32 sorted by (bucket, id). Raises as `following`."""
    base = _base(redis, world, account_id, keys.followers(world.root.id, account_id), "followers")
    changed = _with_changes(base, world, "follower_id", "followee_id", account_id)
    return base if changed is base else by_bucket(changed)


def followers_count(world: World, account_id: int) -> int:
    """How many follow the account now. Raises UnknownAccount."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.followers_count + coalesce(
                (SELECT sum(CASE WHEN f.is_active THEN 1 ELSE -1 END)
                   FROM twitter_follow f WHERE f.world_id = %s AND f.followee_id = a.id), 0)
              FROM twitter_account a WHERE a.world_id = %s AND a.id = %s
            """,
            [world.id, world.root.id, ids.account_id(account_id)],
        )
        row = cursor.fetchone()
    if row is None:
        raise UnknownAccount(account_id)
    return int(row[0])


def _base(redis: Client | None, world: World, account_id: int, key: bytes, column: str) -> Ids:
    def made(_: Sequence[int]) -> list[bytes]:
        listed = _from_postgres(world.root.id, account_id, column)
        return [pack(by_bucket(listed) if column == "followers" else listed)]

    if redis is None:
        return unpack(made([0])[0])
    return unpack(get_or_make(redis, [key], made, Flight(KEPT_S)).values[0])


def _from_postgres(base_id: int, account_id: int, column: str) -> Ids:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT array_send({column}) FROM twitter_basegraph"  # noqa: S608 (one of two names)
            " WHERE world_id = %s AND account_id = %s",
            [base_id, ids.account_id(account_id)],
        )
        row = cursor.fetchone()
    if row is None:
        raise UnknownAccount(account_id)
    return from_postgres(bytes(row[0]))


def _with_changes(base: Ids, world: World, wanted: str, known: str, account_id: int) -> Ids:
    """The base's list itself where the overlay changed nothing, else a sorted new one."""
    if not world.is_overlay:
        return base
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {wanted}, is_active FROM twitter_follow"  # noqa: S608 (column names of ours)
            f" WHERE world_id = %s AND {known} = %s",
            [world.id, account_id],
        )
        changes = cursor.fetchall()
    if not changes:
        return base
    added = np.array([other for other, is_active in changes if is_active], dtype=DTYPE)
    removed = np.array([other for other, is_active in changes if not is_active], dtype=DTYPE)
    return np.union1d(np.setdiff1d(base, removed), added).astype(DTYPE)
