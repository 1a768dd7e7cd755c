"""Making a base world: drawn by the model (or by hand), written into Postgres, visible when ready.

While it is built, its row says how far it is. Only one process builds a world of a name at a time,
on a connection of its own that holds a lock; what a killed one left is removed by the next.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection as django_connection
from redis import Redis

from trainer.lib.ids import new_id
from trainer.twitter.world import deriving, loading, overlays, partitions
from trainer.twitter.world.errors import BadPopulation, OtherWorld
from trainer.twitter.world.model import (
    ACCOUNTS,
    LEAST_ACCOUNTS,
    MOST_ACCOUNTS,
    make_population,
)
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.population import ENDS_AT, STARTED_AT, Population
from trainer.twitter.world.value import DEFAULT_THRESHOLD, DEFAULT_VIRAL_AFTER, World

DEFAULT_NAME = "default"
LONGEST_NAME = 40
DRAWN = 0.34  # of the time goes into drawing, before anything is written
SEEDING_LOCK = 7_303_015  # the first half of the lock; the second is the name's hash
WAITING = "Waiting for another process that builds this world"
TABLES = ["twitter_account", "twitter_planted", "twitter_basegraph", "twitter_trendmention"]
FORGET_ARTEFACTS = """
WITH gone AS (DELETE FROM twitter_artefactarray a USING twitter_artefact m
               WHERE a.artefact_id = m.id AND m.world_id = %(world)s)
DELETE FROM twitter_artefact WHERE world_id = %(world)s
"""

Watch = Callable[[str, float], None]  # what is being done now, and the share (0..1) that is done
Link = psycopg.Connection[Any]


def seed_world(
    name: str = DEFAULT_NAME,
    accounts: int = ACCOUNTS,
    seed: int = 1,
    *,
    threshold: int = DEFAULT_THRESHOLD,
    watch: Watch = lambda _, __: None,
) -> World:
    """The base world of that name, built if it is not there.

    Waits for another process that builds it. Raises BadPopulation, OtherWorld when the name is
    taken by a world of other accounts or another seed.
    """
    _check(name, accounts, seed)
    with _link() as link, _alone(link, name, watch):
        if not _is_ready(link, name, accounts, seed):
            _sweep(link, name)
            world_id = _insert(link, name, accounts, seed, threshold)
            _build(link, world_id, accounts, seed, threshold, watch)
    return overlays.get_base(name)


def write_world(population: Population, name: str, *, threshold: int = DEFAULT_THRESHOLD) -> World:
    """A base world of this population, on Django's own connection: part of its transaction."""
    django_connection.ensure_connection()
    link = django_connection.connection
    world_id = _insert(link, name, population.size, population.seed, threshold)
    for _, _, load in _steps(link, world_id, threshold):
        load(population)
    _report(link, world_id, "ready", "", 1.0)
    return overlays.get_base(name)


def drop_base(redis: Redis, name: str) -> bool:
    """Remove a base world with its overlays, finished or not; whether there was one. Waits for a
    process that is building it."""
    with _link() as link, _alone(link, name, lambda _, __: None):
        bases = WorldRecord.objects.filter(name=name, base=None)
        found = list(bases.values_list("id", flat=True))
        for world_id in found:
            experiments = WorldRecord.objects.filter(base=world_id).values_list("id", flat=True)
            for world in overlays.by_ids(list(experiments)).values():
                overlays.drop_overlay(redis, world)
            _remove(link, world_id)
            overlays.forget(redis, world_id)
    return bool(found)


def is_being_built(name: str) -> bool:
    """Whether some process holds the lock on the name: a killed one has let go of it."""
    with _link() as link:
        key = [SEEDING_LOCK, name]
        taken = link.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key).fetchone()
        return taken != (True,)


def _check(name: str, accounts: int, seed: int) -> None:
    if not 0 < len(name) <= LONGEST_NAME or "\0" in name:
        raise BadPopulation(f"give a name of 1 to {LONGEST_NAME} characters.")
    if not LEAST_ACCOUNTS <= accounts <= MOST_ACCOUNTS:
        raise BadPopulation(f"{accounts:,} accounts; give {LEAST_ACCOUNTS:,} to {MOST_ACCOUNTS:,}.")
    if not 0 <= seed < 2**63:
        raise BadPopulation(f"the seed {seed}; give a whole number from 0 up to {2**63 - 1}.")


@contextmanager
def _link() -> Iterator[Link]:
    """A connection of one's own, outside of any transaction: what it writes is seen at once."""
    parameters = django_connection.get_connection_params()
    with psycopg.connect(**parameters, autocommit=True) as link:
        yield link


@contextmanager
def _alone(link: Link, name: str, watch: Watch) -> Iterator[None]:
    """Hold the lock on the name; the server frees it when this process dies."""
    key = [SEEDING_LOCK, name]
    taken = link.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key).fetchone()
    if taken != (True,):
        watch(WAITING, 0.0)
        link.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", key)
    yield


def _is_ready(link: Link, name: str, accounts: int, seed: int) -> bool:
    row = link.execute(
        "SELECT accounts, seed FROM twitter_world"
        " WHERE name = %s AND base_id IS NULL AND state = 'ready'",
        [name],
    ).fetchone()
    if row is not None and row != (accounts, seed):
        raise OtherWorld(name, *row)
    return row is not None


def _insert(link: Link, name: str, accounts: int, seed: int, threshold: int) -> int:
    row = link.execute(
        "INSERT INTO twitter_world (public_id, name, seed, accounts, state, step, progress,"
        " threshold, viral_after, started_at, ends_at)"
        " VALUES (%s, %s, %s, %s, 'building', '', 0, %s, %s, %s, %s) RETURNING id",
        [new_id(), name, seed, accounts, threshold, DEFAULT_VIRAL_AFTER, STARTED_AT, ENDS_AT],
    ).fetchone()
    assert row is not None  # noqa: S101 - INSERT ... RETURNING gives a row or raises
    return int(row[0])


def _build(
    link: Link, world_id: int, accounts: int, seed: int, threshold: int, watch: Watch
) -> None:
    """Draw and write; a build that fails says so in its row and leaves nothing else."""
    try:

        def drawn(share: float) -> None:
            _say(link, world_id, "Drawing the population", DRAWN * share, watch)

        drawn(0.0)
        population = make_population(accounts, seed, drawn)
        for step, done, load in _steps(link, world_id, threshold):
            _say(link, world_id, step, done, watch)
            load(population)
        _say(link, world_id, "Gathering statistics", 0.97, watch)
        _analyze(link)
        _report(link, world_id, "ready", "", 1.0)
    except BaseException as error:  # also Ctrl-C: whatever ended it, the row must not say building
        if not link.closed:
            _clean(link, world_id)
            _report(link, world_id, "failed", (str(error) or type(error).__name__)[:200], 0.0)
        raise


def _steps(
    link: Link, world_id: int, threshold: int
) -> Iterator[tuple[str, float, Callable[[Population], None]]]:
    """What is written, in order; the shares are of the time that the default world takes."""
    cursor = link.cursor()
    yield "Writing accounts", 0.34, lambda made: loading.accounts(cursor, world_id, made)
    yield "Writing follows", 0.39, lambda made: loading.graph(cursor, world_id, made)
    yield "Writing tweets", 0.44, lambda made: loading.tweets(link, world_id, made, threshold)
    yield "Writing engagements", 0.48, lambda made: loading.engagements(link, world_id, made)
    yield "Making search documents", 0.73, lambda _: deriving.documents(link, world_id)
    yield "Counting hashtags", 0.95, lambda made: deriving.mentions(cursor, world_id, made)
    yield "Opening the world", 0.96, lambda _: partitions.attach(link, world_id)


def _say(link: Link, world_id: int, step: str, progress: float, watch: Watch) -> None:
    _report(link, world_id, "building", step, progress)
    watch(step, progress)


def _report(link: Link, world_id: int, state: str, step: str, progress: float) -> None:
    link.execute(
        "UPDATE twitter_world SET state = %s, step = %s, progress = %s WHERE id = %s",
        [state, step, progress, world_id],
    )


def _analyze(link: Link) -> None:
    """Not of the graph's lists: they are never searched, and reading them takes seconds."""
    for table in (*partitions.PARENTS, "twitter_account", "twitter_planted"):
        link.execute(f"ANALYZE {table}")
    link.execute("ANALYZE twitter_basegraph (world_id, account_id)")
    link.execute("ANALYZE twitter_trendmention")


def _sweep(link: Link, name: str) -> None:
    """Remove what is left of a base of this name, and partitions of worlds that are gone."""
    left = link.execute(
        "SELECT id FROM twitter_world WHERE name = %s AND base_id IS NULL", [name]
    ).fetchall()
    for (world_id,) in left:
        _remove(link, world_id)
    with link.cursor() as cursor:
        for world_id in partitions.orphans(cursor):
            _clean(link, world_id)


def _remove(link: Link, world_id: int) -> None:
    _clean(link, world_id)
    link.execute("DELETE FROM twitter_world WHERE id = %s", [world_id])


def _clean(link: Link, world_id: int) -> None:
    """Remove every row of a base but its own."""
    with link.transaction(), link.cursor() as cursor:
        partitions.drop(cursor, world_id)  # attached ones only after who reads them has ended
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table} WHERE world_id = %s", [world_id])  # noqa: S608
        cursor.execute(FORGET_ARTEFACTS, {"world": world_id})
