"""What the training found the rankers to be worth."""

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.twitter.columns.models import Artefact
from trainer.twitter.mixer.rankers.kept import NAME
from trainer.twitter.world.value import World

NDCG = "_ndcg20"


@dataclass(frozen=True, slots=True)
class RankerQuality:
    """NDCG at 20 (0 to 1) of each ranking by its name (heavy, light, chronological, random), as
    (mean, low, high): the mean over `readers`, and between what 95 of 100 resamples lie. On
    requests of the two last days of the base's history, which no ranker has learned from."""

    readers: int
    ndcg: Mapping[str, tuple[float, float, float]]


def ranker_quality(world: World) -> RankerQuality | None:
    """The evaluation kept with the rankers of the world's base. None where there is none: they
    were not judged, as nobody had anything to judge by, or are not there."""
    found = Artefact.objects.filter(world_id=world.root.id, name=NAME).first()
    kept = found.meta.get("evaluation", {}) if found else {}
    ndcg = {
        name.removesuffix(NDCG): (float(values[0]), float(values[1]), float(values[2]))
        for name, values in kept.items()
        if name.endswith(NDCG)
    }
    return RankerQuality(int(kept["readers"]), ndcg) if ndcg else None
