"""The heavy ranker: one small network, whose body is shared by a head for each kind. Pure."""

from dataclasses import dataclass

import numpy as np

from trainer.twitter.mixer.rankers.layer import Layer, Matrix, chances_of, fitting

HIDDEN = (64, 32)


@dataclass(frozen=True, eq=False, slots=True)
class Heavy:
    """Two layers of rectified units, then the heads."""

    first: Layer  # (len(features.HEAVY), 64)
    second: Layer  # (64, 32)
    heads: Layer  # (32, 6)

    def chances(self, features: Matrix) -> Matrix:
        """(n, 6) float32, 0 to 1, in the order of KINDS, of features (n, len(HEAVY)) float32.

        Raises FeaturesDoNotFit.
        """
        rows = fitting(features, self.first)
        for layer in (self.first, self.second):
            rows = layer.of(rows)
            np.maximum(rows, 0, out=rows)
        return chances_of(self.heads.of(rows))
