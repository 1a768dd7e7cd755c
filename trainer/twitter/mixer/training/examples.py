"""What is learned from: candidates with what became of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.world.population import Bools, Ints


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


def kept(labels: Matrix, share: float, rng: np.random.Generator) -> tuple[Ints, Matrix]:
    """Which candidates become examples, and how many each stands for: all with which something was
    done, and a share (0 to 1) of the others, drawn at random."""
    done = np.asarray(labels.any(axis=1))
    chosen = np.flatnonzero(done | (rng.random(len(labels)) < share))
    return chosen, np.where(done[chosen], 1, 1 / share).astype(np.float32)


def by_reader(examples: Examples, share: float, rng: np.random.Generator) -> Bools:
    """(n,): those of a share of the readers, all or none of a reader's."""
    readers = np.unique(examples.reader)
    held = rng.choice(readers, max(1, round(share * len(readers))), replace=False)
    is_held: Bools = np.isin(examples.reader, held)
    return is_held
