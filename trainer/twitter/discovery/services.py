"""Learning a base world's embeddings, and all else that serving reads of its history."""

from collections.abc import Callable
from typing import Any

import numpy as np
from django.db import connection
from psycopg import Connection

from trainer.twitter.columns import artefacts
from trainer.twitter.columns.building import as_of
from trainer.twitter.columns.flattening import arrays_of
from trainer.twitter.columns.locks import alone, is_being_made
from trainer.twitter.columns.log import Log
from trainer.twitter.columns.models import Artefact
from trainer.twitter.columns.progress import making
from trainer.twitter.columns.reading import read_log
from trainer.twitter.columns.snapshot import Snapshot
from trainer.twitter.discovery import writing
from trainer.twitter.discovery.kept import FORMATS, Graph
from trainer.twitter.discovery.learning import learn
from trainer.twitter.discovery.segments import build
from trainer.twitter.discovery.vectors import Vectors, vectors_of
from trainer.twitter.world.value import World

SEED = 1  # the same world always gets the same vectors
JOB = "embeddings"  # the lock's name: held while any of the artefacts is made
VECTORS = "vectors"  # made last: its row tells how far the whole is
WAITING = "Waiting for another process that learns these embeddings"

Watch = Callable[[str, float], None]  # what is being done now, and the share (0..1) that is done


def learn_embeddings(
    world: World, watch: Watch = lambda _, __: None, *, again: bool = False
) -> bool:
    """Make the artefacts "snapshot", "graph" and "vectors" of a base world (of an overlay: of its
    root), and write its vectors into pgvector. Readers keep the older ones until each is replaced.

    False, and nothing done, where all are there and of this code's formats, unless `again`. Waits
    for another process that does the same. Raises UnknownWorld where the base is dropped meanwhile.
    """
    base = world.root
    if is_being_made(base.id, JOB):
        watch(WAITING, 0.0)
    with alone(base, JOB):
        if not again and is_learned(base):
            return False
        with making(base, VECTORS) as say:

            def tell(step: str, share: float) -> None:
                say(step, share)
                watch(step, share)

            _make(base, tell)
    return True


def is_learned(world: World) -> bool:
    """Whether all three artefacts are there, of this code's formats, and no run that was to replace
    them ended early."""
    kept = Artefact.objects.filter(world_id=world.root.id, state=Artefact.State.READY)
    formats = dict(kept.values_list("name", "format"))
    return all(formats.get(name) == format_ for name, format_ in FORMATS.items())


def _make(base: World, tell: Watch) -> None:
    """The shares are of the time that the default world takes."""
    tell("Reading the history", 0.0)
    log = read_log(base)
    tell("Counting what was done with each tweet", 0.14)
    snapshot = as_of(log, log.ends_at_ms)
    _save(base, "snapshot", snapshot)
    tell("Packing the interaction graph", 0.2)
    _save(base, "graph", _graph(log))
    vectors = _vectors(log, lambda share: tell("Learning the vectors", 0.25 + 0.4 * share))

    def written(share: float) -> None:
        tell("Indexing the vectors", 0.67 + 0.3 * share)

    written(0.0)
    writing.write(_link(), base.id, snapshot.tweets, vectors, written)
    tell("Keeping the vectors", 0.97)
    _save(base, VECTORS, vectors)


def _graph(log: Log) -> Graph:
    accounts, tweets = len(log.accounts.followers), len(log.tweets.id)
    return Graph(build(log.deeds, log.ends_at_ms, accounts, tweets), log.following)


def _vectors(log: Log, tell: Callable[[float], None]) -> Vectors:
    tell(0.0)
    accounts = learn(log, log.ends_at_ms, np.random.default_rng(SEED), tell)
    return vectors_of(log, accounts, log.ends_at_ms)


def _save(base: World, name: str, value: Snapshot | Graph | Vectors) -> None:
    artefacts.save(base, name, FORMATS[name], arrays_of(value))


def _link() -> Connection[Any]:
    """Django's own connection: part of its transaction, if there is one."""
    connection.ensure_connection()
    link: Connection[Any] = connection.connection
    return link
