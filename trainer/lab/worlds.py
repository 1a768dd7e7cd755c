"""The world that a visitor names."""

import threading
from functools import partial

from trainer.twitter import api

REMEMBERED = 1_000  # some hundred kilobytes


class Worlds:
    """Finds worlds, and remembers the last ones, so that a reader can still be shown their last
    answer when Postgres is away. A world that is gone is forgotten as soon as Postgres says so."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, api.World] = {}

    def find(self, named: str) -> api.World:
        """The default base by its name, any world by its public id. The id of an experiment cannot
        be guessed: it is the key to it, and who has it may read.

        Raises UnknownWorld, WorldNotReady; StoreAway where Postgres does not answer promptly and
        the world is not remembered.
        """
        get = api.get_base if named == api.DEFAULT_BASE else api.get_world
        try:
            world = api.promptly(partial(get, named))
        except api.errors.StoreAway:
            if (remembered := self._known.get(named)) is None:
                raise
            return remembered
        except api.errors.TwitterError:
            with self._lock:
                self._known.pop(named, None)
            raise
        self._remember(named, world)
        return world

    def _remember(self, named: str, world: api.World) -> None:
        with self._lock:
            self._known.pop(named, None)
            self._known[named] = world
            if len(self._known) > REMEMBERED:
                del self._known[next(iter(self._known))]
