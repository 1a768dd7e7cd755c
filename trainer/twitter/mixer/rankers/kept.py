"""The artefact "rankers"."""

from collections.abc import Mapping
from typing import Any

from trainer.twitter.columns import artefacts
from trainer.twitter.columns.artefacts import Loaded
from trainer.twitter.columns.flattening import arrays_of, from_arrays
from trainer.twitter.columns.log import KINDS
from trainer.twitter.mixer.features import HEAVY, LIGHT
from trainer.twitter.mixer.rankers.model import FORMAT, Rankers
from trainer.twitter.world.value import World

__all__ = ["NAME", "Rankers", "load", "save"]

NAME = "rankers"


def save(world: World, rankers: Rankers, meta: Mapping[str, Any]) -> str:
    """Its version. `meta`: the evaluation, sizes, seeds and instants."""
    named = {"light": LIGHT, "heavy": HEAVY, "kinds": KINDS}
    return artefacts.save(world, NAME, FORMAT, arrays_of(rankers), {**meta, "features": named})


def load(world: World) -> tuple[Rankers, Loaded]:
    """With what is known of them. Raises ArtefactMissing, ArtefactOfOtherFormat."""
    loaded = artefacts.load(world, NAME, FORMAT)
    return from_arrays(Rankers, loaded.arrays), loaded
