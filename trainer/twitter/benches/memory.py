"""`bench memory`: what the default world takes in Postgres, and its timelines in Redis.

Redis holds a timeline from its reader's first visit on, so some readers are let in and their keys
measured; what all of them would take is computed from that.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence

from django.db import connection
from redis import Redis

from trainer.lib.benchmark import Bench, CannotMeasure, Result, Row, spread, whole
from trainer.resilience.redis_clients import rebuildable
from trainer.resilience.scripts import get_many
from trainer.twitter import keys
from trainer.twitter.errors import TwitterError
from trainer.twitter.graph.packed import unpack
from trainer.twitter.timelines.home import chronological_home
from trainer.twitter.world.overlays import get_base
from trainer.twitter.world.seeding import DEFAULT_NAME
from trainer.twitter.world.sizes import sizes
from trainer.twitter.world.value import World

READERS = 300
# Everybody who was there in the last month, every so many-th of them.
_ACTIVE = """
SELECT id FROM twitter_account
 WHERE world_id = %s AND last_active_at >= %s - interval '30 days' ORDER BY id
"""


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--name", default=DEFAULT_NAME, help=f"world; default: {DEFAULT_NAME}")
    parser.add_argument("--readers", type=whole, default=READERS, help=f"default: {READERS}")


def run(options: Namespace) -> Result:
    """Raises CannotMeasure where the world is not there."""
    try:
        world = get_base(options.name)
    except TwitterError as error:
        raise CannotMeasure(str(error)) from error
    active = _active(world)
    readers = active[:: max(1, len(active) // max(1, options.readers))]
    redis = rebuildable()
    for reader in readers:
        chronological_home(redis, world, reader)
    homes = [_bytes(redis, [keys.home(world.id, reader)]) for reader in readers]
    following = [_bytes(redis, [keys.following(world.id, reader)]) for reader in readers]
    shared = _bytes(redis, [keys.pullers(world.id), *_pulled(redis, world)])
    return _result(world, homes, following, shared, len(active))


def _active(world: World) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_ACTIVE, [world.id, world.ends_at])
        return [reader for (reader,) in cursor.fetchall()]


def _pulled(redis: Redis, world: World) -> Iterable[bytes]:
    (blob,) = get_many(redis, [keys.pullers(world.id)])
    return [keys.pulled(world.id, author) for author in unpack(blob or b"").tolist()]


def _bytes(redis: Redis, of: Iterable[bytes]) -> int:
    """With the keys, by MEMORY USAGE over all elements."""
    return sum(redis.memory_usage(key, samples=0) or 0 for key in of)


def _result(
    world: World, homes: Sequence[int], following: Sequence[int], shared: int, active: int
) -> Result:
    tables = list(sizes(world.id))
    postgres = sum(table.size_bytes for table in tables)
    a_reader = (sum(homes) + sum(following)) / len(homes)
    return Result(
        ratios={},
        figures={
            "postgres_mb": postgres / 1e6,
            "redis_bytes_per_reader": a_reader,
            "redis_pulled_mb": shared / 1e6,
            "redis_all_active_computed_mb": (a_reader * active + shared) / 1e6,
        },
        rows=[
            Row("a timeline in Redis", "bytes", spread(homes)),
            Row("a list of followees in Redis", "bytes", spread(following)),
        ],
        lines=[
            *(f"{t.table}: {t.rows:,} rows, {t.size_bytes / 1e6:,.1f} MB" for t in tables),
            f"Postgres, in all: {postgres / 1e6:,.1f} MB (with what other worlds share).",
            f"Redis: {len(homes):,} readers measured, {a_reader:,.0f} bytes each on average;"
            f" what all of them pull {shared / 1e6:.2f} MB. Computed for all {active:,} active"
            f" readers: {(a_reader * active + shared) / 1e6:,.0f} MB.",
        ],
    )


BENCH = Bench("What the default world takes in Postgres and Redis", run, _add_arguments)
