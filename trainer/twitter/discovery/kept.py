"""The artefacts "snapshot", "graph" and "vectors": saved by services.py, read by whoever serves."""

from dataclasses import dataclass
from typing import TypeVar

from trainer.twitter.columns import artefacts, snapshot
from trainer.twitter.columns.flattening import from_arrays
from trainer.twitter.columns.snapshot import Snapshot
from trainer.twitter.discovery import vectors
from trainer.twitter.discovery.segments import Segments
from trainer.twitter.discovery.vectors import Vectors
from trainer.twitter.world.population import Lists
from trainer.twitter.world.value import World

Made = TypeVar("Made")


@dataclass(frozen=True, eq=False, slots=True)
class Graph:
    """Who engaged with what, and who follows whom (account indexes)."""

    segments: Segments
    following: Lists


FORMATS = {"snapshot": snapshot.FORMAT, "graph": 1, "vectors": vectors.FORMAT}


def load_snapshot(world: World) -> tuple[Snapshot, str]:
    """With its version, as the others. Each raises ArtefactMissing, ArtefactOfOtherFormat."""
    return _load(world, "snapshot", Snapshot)


def load_graph(world: World) -> tuple[Graph, str]:
    return _load(world, "graph", Graph)


def load_vectors(world: World) -> tuple[Vectors, str]:
    return _load(world, "vectors", Vectors)


def _load(world: World, name: str, made: type[Made]) -> tuple[Made, str]:
    loaded = artefacts.load(world, name, FORMATS[name])
    return from_arrays(made, loaded.arrays), loaded.version
