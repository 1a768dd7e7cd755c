"""The light ranker: a logistic regression for each kind of engagement. Pure."""

from dataclasses import dataclass

from trainer.twitter.mixer.rankers.layer import Layer, Matrix, chances_of, fitting


@dataclass(frozen=True, eq=False, slots=True)
class Light:
    """`heads`: (len(features.LIGHT), 6)."""

    heads: Layer

    def chances(self, features: Matrix) -> Matrix:
        """(n, 6) float32, 0 to 1, in the order of KINDS, of features (n, len(LIGHT)) float32.

        Raises FeaturesDoNotFit.
        """
        return chances_of(self.heads.of(fitting(features, self.heads)))
