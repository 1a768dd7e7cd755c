"""How far the making of an artefact is, for others to see at once: on a connection of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from trainer.lib import clock
from trainer.twitter.columns.locks import alone
from trainer.twitter.columns.models import Artefact
from trainer.twitter.world.value import World

LOCK_TIMEOUT = "5s"  # the row is held only while its arrays are saved

Say = Callable[[str, float], None]  # what is being done now, and the share (0..1) that is done

_BEGIN = """
INSERT INTO twitter_artefact
       (world_id, name, format, version, state, step, progress, made_at, meta)
VALUES (%(world)s, %(name)s, 0, '', %(state)s, %(step)s, %(share)s, %(now)s, '{}')
ON CONFLICT (world_id, name) DO UPDATE
   SET state = excluded.state, step = excluded.step, progress = excluded.progress
"""
_SAY = """
UPDATE twitter_artefact SET state = %(state)s, step = %(step)s, progress = %(share)s
 WHERE world_id = %(world)s AND name = %(name)s
"""


def begin(world: World, name: str) -> None:
    """The artefact is being made. An older one of that name stays in use until it is replaced."""
    _tell(_BEGIN, world, name, Artefact.State.MAKING, "", 0.0)


def say(world: World, name: str, step: str, share: float) -> None:
    """What is being done now, and the share (0 to 1) that is done."""
    _tell(_SAY, world, name, Artefact.State.MAKING, step, share)


def fail(world: World, name: str, reason: str) -> None:
    """It could not be made, and why."""
    _tell(_SAY, world, name, Artefact.State.FAILED, reason, 0.0)


@contextmanager
def making(world: World, name: str) -> Iterator[Say]:
    """Begun, when nobody else makes it, and failed with whatever ends it early; saving says by
    itself that it is ready."""
    with alone(world, name):
        begin(world, name)
        try:
            yield lambda step, share: say(world, name, step, share)
        except BaseException as error:  # also Ctrl-C: ended so, the row must not say making
            fail(world, name, str(error) or type(error).__name__)
            raise


def _tell(statement: str, world: World, name: str, state: str, step: str, share: float) -> None:
    parameters: Any = {
        "world": world.root.id,
        "name": name,
        "state": state,
        "step": step[:200],
        "share": share,
        "now": clock.now(),
    }
    options = {**connection.get_connection_params(), "autocommit": True}
    with psycopg.connect(**options) as link:
        link.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
        link.execute(statement, parameters)
