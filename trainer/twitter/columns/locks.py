"""Only one process makes an artefact at a time, and others can ask whether one does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from trainer.twitter.world.value import World

MAKING_LOCK = 7_303_016  # the first half of the lock; the second is the hash of base and name


@contextmanager
def alone(world: World, name: str) -> Iterator[None]:
    """Hold the lock on the artefact, on a connection of its own; wait for who holds it. The server
    frees it when this process dies."""
    with _link() as link:
        link.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", _key(world.root.id, name))
        yield


def is_being_made(world_id: int, name: str) -> bool:
    """Whether some process holds the lock; `world_id`: of the base."""
    with _link() as link:
        row = link.execute(
            "SELECT pg_try_advisory_lock(%s, hashtext(%s))", _key(world_id, name)
        ).fetchone()
        return row != (True,)


def _link() -> psycopg.Connection[Any]:
    parameters: Any = {**connection.get_connection_params(), "autocommit": True}
    return psycopg.connect(**parameters)


def _key(world_id: int, name: str) -> list[Any]:
    return [MAKING_LOCK, f"{world_id}:{name}"]
