"""Both rankers, and what their features are made of. Pure."""

import zlib
from dataclasses import dataclass

from trainer.twitter.columns.log import KINDS
from trainer.twitter.mixer.features import HEAVY, LIGHT
from trainer.twitter.mixer.rankers.heavy import Heavy
from trainer.twitter.mixer.rankers.light import Light
from trainer.twitter.mixer.rates import Rates

REVISION = 2  # of what a feature means, where its name stays
# Weights fit only the very features, in the very order, that they were learned for.
FORMAT = zlib.crc32("|".join([str(REVISION), *LIGHT, "", *HEAVY, "", *KINDS]).encode()) >> 1


@dataclass(frozen=True, eq=False, slots=True)
class Rankers:
    """`rates`: as of the base's end."""

    light: Light
    heavy: Heavy
    rates: Rates
