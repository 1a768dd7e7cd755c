"""What a person does with a tweet they see: the planted behaviour. Pure.

Latent: a ranker has to learn it from engagements and must not call this module. A check may, and so
may a simulated reader.

The chance of each kind of engagement is its base rate times powers of five factors, each about 1
for an ordinary sight, and never above MOST. The kinds weigh the factors differently, as in life: a
retweet wants a match of interests, a reply knowing the author, a bookmark quality; strangers get
the profile clicks.
"""

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.world.planted import MAIN
from trainer.twitter.world.population import (
    BOOKMARK,
    CLICK,
    HOUR_MS,
    LIKE,
    PROFILE_CLICK,
    REPLIED,
    RETWEETED,
    Bools,
    Floats,
    Ints,
)

KINDS = np.array([LIKE, BOOKMARK, CLICK, PROFILE_CLICK, REPLIED, RETWEETED], dtype=np.int8)
MOST = 0.95
HALF_LIFE_HOURS = 8.0

# One row a kind, in the order of KINDS: base rate, then the powers of match, quality, affinity,
# freshness, and of 2 for a tweet from outside the network.
TABLE = np.array(
    [
        [0.2100, 1.0, 0.8, 0.8, 1.0, -0.8],
        [0.0140, 1.2, 1.6, 0.3, 0.5, 0.0],
        [0.1450, 0.8, 0.3, 0.4, 0.8, 0.0],
        [0.0200, 0.6, 0.4, -0.3, 0.6, 1.6],
        [0.0042, 0.8, 0.2, 1.8, 1.4, -1.2],
        [0.0040, 1.5, 1.0, 1.0, 1.2, -0.5],
    ],
    dtype=np.float32,
)


def chances(
    match: Floats, quality: Floats, affinity: Floats, age_ms: Ints, is_in_network: Bools
) -> NDArray[np.float32]:
    """The chance of each kind for s sights: (s, kinds) float32.

    match: the viewer's interest in the tweet's topic (0..1, a share of all interests); quality: the
    tweet's, about 1; affinity: of viewer to author, about 1; age_ms: of the tweet when seen.
    """
    factors = np.empty((len(match), 5), dtype=np.float32)
    factors[:, 0] = np.log2(0.08 + match / MAIN)
    factors[:, 1] = np.log2(quality)
    factors[:, 2] = np.log2(affinity)
    factors[:, 3] = np.log2(freshness(age_ms))
    factors[:, 4] = ~is_in_network
    chance: NDArray[np.float32] = TABLE[:, 0] * np.exp2(factors @ TABLE[:, 1:].T)
    return np.minimum(chance, np.float32(MOST))


def freshness(age_ms: Ints) -> Floats:
    """From 1 down to 0.15, by a half-life."""
    return 0.15 + 0.85 * np.exp2(-age_ms / (HALF_LIFE_HOURS * HOUR_MS))


def affinity(viewer: Ints, author: Ints) -> NDArray[np.float32]:
    """How much this viewer cares for this author: the same at every sight, 0.25 to 4, the middle
    one 1. Drawn by a hash of the pair, so that no table of pairs is needed."""
    mixed = viewer.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= author.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    share = (mixed >> np.uint64(40)).astype(np.float32) / np.float32(1 << 24)
    drawn: NDArray[np.float32] = np.exp2(4 * share - 2)
    return drawn
