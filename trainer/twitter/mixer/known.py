"""What is in memory of base worlds: their artefacts, loaded once in a process, and again when one
was made anew."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.db import connection

from trainer.twitter.columns.snapshot import Snapshot
from trainer.twitter.discovery.kept import Graph, load_graph, load_snapshot, load_vectors
from trainer.twitter.discovery.nearest import Recent, recent_of
from trainer.twitter.discovery.vectors import Vectors
from trainer.twitter.errors import (
    ArtefactDamaged,
    ArtefactMissing,
    ArtefactOfOtherFormat,
    PartFailed,
)
from trainer.twitter.mixer.rankers import kept
from trainer.twitter.mixer.rankers.model import Rankers
from trainer.twitter.world.value import World

T = TypeVar("T")
CHECK_S: Final = 3.0  # between two looks at whether an artefact was made anew
WAIT_S: Final = 0.25
MOST_BASES: Final = 8  # in memory; the one not read for longest goes first

Unusable = ArtefactMissing | ArtefactOfOtherFormat | ArtefactDamaged
Load = Callable[[World], tuple[Any, str]]  # the thing and its version; raises Unusable


def _load_rankers(world: World) -> tuple[Rankers, str]:
    rankers, loaded = kept.load(world)
    return rankers, loaded.version


LOADERS: Final[Mapping[str, Load]] = {
    "snapshot": load_snapshot,
    "graph": load_graph,
    "vectors": load_vectors,
    "rankers": _load_rankers,
}


@dataclass(frozen=True, eq=False, slots=True)
class Known:
    """Of one base. Each is what it says, or why it cannot be used: ask `of`."""

    snapshot: Snapshot | Unusable
    graph: Graph | Unusable
    vectors: Vectors | Unusable
    rankers: Rankers | Unusable
    recent: Recent | Unusable  # made of the snapshot and the vectors


def of(thing: T | Unusable) -> T:
    """The thing itself. Raises PartFailed with the reason and the remedy."""
    if isinstance(thing, Unusable):
        raise PartFailed(str(thing).removesuffix("."))
    return thing


@dataclass(eq=False, slots=True)
class _Slot:
    """Of one base. `lock`: held by the one thread that loads. `versions`: of `things`."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    checked_at: float | None = None
    versions: dict[str, str] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    known: Known | None = None


class Shelf:
    """The bases in memory. Threads may share it; each thing is loaded by one of them, and others
    wait `wait_s` for it at most."""

    def __init__(
        self,
        loaders: Mapping[str, Load] = LOADERS,
        clock: Callable[[], float] = time.monotonic,
        wait_s: float = WAIT_S,
    ) -> None:
        self._loaders, self._clock, self._wait_s = loaders, clock, wait_s
        self._lock = threading.Lock()
        self._slots: OrderedDict[int, _Slot] = OrderedDict()

    def known(self, world: World) -> Known:
        """What is known of the world's base; who asks first waits until it is loaded. Every CHECK_S
        somebody looks for what was made anew, while the others go on with what there is.

        Raises DatabaseError, and PartFailed for those who ask while it is loaded: they wait a
        while, but not all of them with a thread each until the end.
        """
        slot = self._slot(world.root.id)
        if slot.known is not None and not self._is_due(slot):
            return slot.known
        if slot.lock.acquire(timeout=self._wait_s if slot.known is None else 0):
            try:
                if slot.known is None or self._is_due(slot):
                    self._look(slot, world)
            finally:
                slot.lock.release()
        if slot.known is None:
            raise PartFailed("it takes a moment")
        return slot.known

    def last(self, world: World) -> Known | None:
        """What was known when last looked, at once; None before anything was."""
        return self._slot(world.root.id).known

    def _slot(self, base_id: int) -> _Slot:
        with self._lock:
            slot = self._slots.setdefault(base_id, _Slot())
            self._slots.move_to_end(base_id)
            while len(self._slots) > MOST_BASES:
                self._slots.popitem(last=False)
            return slot

    def _is_due(self, slot: _Slot) -> bool:
        return slot.checked_at is None or self._clock() - slot.checked_at >= CHECK_S

    def _look(self, slot: _Slot, world: World) -> None:
        slot.checked_at = self._clock()  # also where it fails: not every request should try
        stored = _versions(world.root.id)
        for name, load in self._loaders.items():
            version = stored.get(name, "")
            if name in slot.things and version and slot.versions.get(name) == version:
                continue
            try:
                slot.things[name], slot.versions[name] = load(world.root)
            except (ArtefactMissing, ArtefactOfOtherFormat) as error:
                slot.things[name] = error  # looked at again each time: it says how far it is
                slot.versions.pop(name, None)
            except (ValueError, LookupError):  # not read again before it is made anew: it is dear
                slot.things[name] = ArtefactDamaged(name, world.root.public_id)
                slot.versions[name] = version
        slot.known = Known(**slot.things, recent=_recent(slot))


def _recent(slot: _Slot) -> Recent | Unusable:
    """The one there is, while what it is made of has not changed."""
    snapshot, vectors = slot.things["snapshot"], slot.things["vectors"]
    for thing in (snapshot, vectors):
        if isinstance(thing, Unusable):
            return thing
    old = slot.known
    if old is not None and old.snapshot is snapshot and old.vectors is vectors:
        return old.recent
    return recent_of(snapshot, vectors)


def _versions(base_id: int) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, version FROM twitter_artefact WHERE world_id = %s", [base_id])
        return dict(cursor.fetchall())
