"""What is stored for a world, table by table and key by key."""

import hashlib

from django.db import connection
from redis import Redis

from trainer.twitter.world.value import World


def tables() -> list[str]:
    """Every table of the mini Twitter that holds rows of a world; partitions through their root."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
             WHERE c.relname LIKE 'twitter\\_%' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
               AND a.attname = 'world_id' ORDER BY 1
            """
        )
        return [name for (name,) in cursor.fetchall()]


def fingerprint(world_id: int) -> dict[str, tuple[int, str]]:
    """By table the number of the world's own rows, and a hash of all that is in them."""
    return {table: _fingerprint(table, "world_id", world_id) for table in tables()} | {
        "twitter_world": _fingerprint("twitter_world", "id", world_id)
    }


def _fingerprint(table: str, column: str, world_id: int) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t::text FROM {table} t WHERE {column} = %s ORDER BY 1", [world_id])
        lines = [line for (line,) in cursor.fetchall()]
    return len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()


def keys_of(redis: Redis, world_id: int) -> set[bytes]:
    """The Redis keys that have the world's number as one of their parts."""
    return {
        key for key in redis.scan_iter(count=1000) if b"%d" % world_id in key.split(b":", 3)[1:3]
    }


def leftovers(redis: Redis, world: World) -> dict[str, object]:
    """What is still there of a world, by table, and its keys; empty when nothing is."""
    found: dict[str, object] = {
        table: rows for table, (rows, _) in fingerprint(world.id).items() if rows
    }
    if keys := keys_of(redis, world.id):
        found["redis"] = keys
    return found
