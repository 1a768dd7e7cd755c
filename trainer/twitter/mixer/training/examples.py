"""What is learned from: candidates with what became of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.world.population import Bools, Floats, Ints


@dataclass(frozen=True, eq=False, slots=True)
class Examples:
    """n candidates."""

    features: Matrix  # (n, k)
    labels: Matrix  # (n, 6): 1 for each of KINDS that was done with it, else 0
    weights: Matrix  # (n,): how many candidates it stands for, as most negatives are left out
    reader: Ints  # (n,) index

    def __len__(self) -> int:
        return len(self.weights)

    def take(self, chosen: Bools | Ints) -> "Examples":
        return Examples(
            self.features[chosen], self.labels[chosen], self.weights[chosen], self.reader[chosen]
        )

    def narrowed(self, width: int) -> "Examples":
        """With the first features only."""
        return Examples(self.features[:, :width], self.labels, self.weights, self.reader)

    @classmethod
    def joined(cls, several: Sequence["Examples"]) -> "Examples":
        columns = ("features", "labels", "weights", "reader")
        return cls(*(np.concatenate([getattr(part, c) for part in several]) for c in columns))


def kept(
    labels: Matrix, shares: Floats, rng: np.random.Generator
) -> tuple[Ints, NDArray[np.float64]]:
    """Which candidates become examples, and how many each stands for: all with which something was
    done, and of the others each with the chance `shares` (n,), above 0."""
    done = np.asarray(labels.any(axis=1))
    chosen = np.flatnonzero(done | (rng.random(len(labels)) < shares))
    return chosen, np.where(done[chosen], 1, 1 / shares[chosen])


def by_reader(examples: Examples, share: float, rng: np.random.Generator) -> Bools:
    """(n,): those of a share of the readers, all or none of a reader's."""
    readers = np.unique(examples.reader)
    held = rng.choice(readers, max(1, round(share * len(readers))), replace=False)
    is_held: Bools = np.isin(examples.reader, held)
    return is_held
