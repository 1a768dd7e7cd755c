"""Finding worlds, and making, changing and dropping overlays."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection, transaction
from redis import Redis, RedisError

from trainer.lib.ids import new_id
from trainer.twitter import keys
from trainer.twitter.errors import (
    BadThreshold,
    BaseIsImmutable,
    UnknownBase,
    UnknownWorld,
    WorldNotReady,
)
from trainer.twitter.storable import is_storable
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.value import World

SCANNED = 2_000  # keys at a time: a few milliseconds of the server
KEPT = timedelta(hours=24)  # an experiment that nobody dropped
_ROWS = (
    "twitter_outbox",
    "twitter_tweet",
    "twitter_engagement",
    "twitter_follow",
    "twitter_searchdocument",
    "twitter_searchjourney",
    "twitter_trendmention",
    "twitter_trendreview",
    "twitter_affinity",
    "twitter_delivery",
    "twitter_shun",
    "twitter_seen",
    "twitter_notinterested",
)


def get_base(name: str) -> World:
    """The base world of that name. Raises UnknownBase, or WorldNotReady while it is built."""
    try:
        return _ready(name, base=None, name=name)
    except UnknownWorld as error:
        raise UnknownBase(name) from error


def get_world(public_id: str) -> World:
    """Any world by its public id. Raises UnknownWorld, or WorldNotReady."""
    return _ready(public_id, public_id=public_id)


def _ready(asked: str, **key: str | None) -> World:
    records = WorldRecord.objects.select_related("base").filter(**key)
    record = records.first() if is_storable(asked) else None
    if record is None:
        raise UnknownWorld(asked)
    if record.state != WorldRecord.State.READY:
        raise WorldNotReady(asked, record.step or record.state)
    return _value(record)


def by_ids(ids: Collection[int]) -> dict[int, World]:
    """The worlds with these ids that still exist."""
    records = WorldRecord.objects.select_related("base").filter(id__in=ids)
    return {record.id: _value(record) for record in records}


def create_overlay(
    base: World, *, now: datetime, threshold: int | None = None, viral_after: int | None = None
) -> World:
    """A world of one's own on top of `base`: nothing is copied. Raises BadThreshold."""
    for value in (threshold, viral_after):
        if value is not None:
            _check(value)
    root = base.root
    record = WorldRecord.objects.create(
        public_id=new_id(),
        base_id=root.id,
        name=f"overlay on {root.public_id}",
        state=WorldRecord.State.READY,
        progress=1.0,
        threshold=root.threshold if threshold is None else threshold,
        viral_after=root.viral_after if viral_after is None else viral_after,
        started_at=now,
        ends_at=root.ends_at,
    )
    return _value(WorldRecord.objects.select_related("base").get(pk=record.pk))


def set_delivery(world: World, *, threshold: int, viral_after: int) -> World:
    """The overlay with other limits, for the tweets to come. What was stamped stays so."""
    writable(world)
    found = WorldRecord.objects.filter(pk=world.id).update(
        threshold=_check(threshold), viral_after=_check(viral_after)
    )
    if not found:
        raise UnknownWorld(world.public_id)
    return replace(world, threshold=threshold, viral_after=viral_after)


def writable(world: World) -> World:
    """The world itself, if it may be written to. Raises BaseIsImmutable."""
    if not world.is_overlay:
        raise BaseIsImmutable(world.public_id)
    return world


def hold(world: World) -> World:
    """Within a transaction: keep the overlay from being dropped until the end, and read its limits
    as they stand. Raises BaseIsImmutable, UnknownWorld."""
    writable(world)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT threshold, viral_after FROM twitter_world WHERE id = %s FOR KEY SHARE",
            [world.id],
        )
        row = cursor.fetchone()
    if row is None:
        raise UnknownWorld(world.public_id)
    return replace(world, threshold=row[0], viral_after=row[1])


def drop_overlay(redis: Redis, world: World) -> None:
    """Remove an overlay with all its rows and keys. Doing it again does nothing.

    Who still holds the `world` reads the bare base through it, and cannot write.
    """
    writable(world)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM twitter_world WHERE id = %s", [world.id])
        for table in _ROWS:
            cursor.execute(f"DELETE FROM {table} WHERE world_id = %s", [world.id])  # noqa: S608
    forget(redis, world.id)


def forget(redis: Redis, world_id: int) -> None:
    """Remove the keys of a world that is gone, unless Redis is too: they are never read again, and
    expire."""
    try:
        found = redis.scan_iter(match=keys.pattern(world_id), count=SCANNED)
        ours = (key for key in found if keys.is_of(world_id, key))
        while some := list(islice(ours, SCANNED)):
            redis.unlink(*some)
    except (RedisError, OSError):
        return


def drop_old_overlays(redis: Redis, now: datetime) -> int:
    """Drop the overlays that were made more than KEPT ago; their number."""
    old = WorldRecord.objects.select_related("base").filter(
        base__isnull=False, started_at__lt=now - KEPT
    )
    worlds = [_value(record) for record in old]
    for world in worlds:
        drop_overlay(redis, world)
    return len(worlds)


def _check(limit: int) -> int:
    if not 0 <= limit < 2**31:
        raise BadThreshold(limit)
    return limit


def _value(record: WorldRecord) -> World:
    return World(
        id=record.id,
        public_id=record.public_id,
        base=_value(record.base) if record.base else None,
        threshold=record.threshold,
        viral_after=record.viral_after,
        started_at=record.started_at,
        ends_at=record.ends_at,
    )
