"""What is latent: communities, interests, activity, bots. Pure."""

from dataclasses import dataclass

import numpy as np

from trainer.twitter.world.population import REGIONS, Bools, Floats, Ints
from trainer.twitter.world.words import TOPICS

COMMUNITIES = 48
COMMUNITY_LEAST = 250  # accounts on average, else there are fewer communities
BOT_SHARE = 0.005
MAIN, SECOND = 0.55, 0.25  # shares of an account's interest; the rest is spread
AT_HOME = 0.6  # this share of a community lives in its region


@dataclass(frozen=True, eq=False)
class Latent:
    """As in `Planted`; `region` (n,) int16 is seen by everybody, but drawn from the community."""

    community: Ints
    topic_of: Ints
    interests: Floats
    activity: Floats
    is_bot: Bools
    region: Ints


def draw_latent(accounts: int, rng: np.random.Generator) -> Latent:
    """Latent variables of `accounts` accounts."""
    communities = min(COMMUNITIES, max(4, accounts // COMMUNITY_LEAST))
    topic_of = (np.arange(communities) % len(TOPICS)).astype(np.int16)
    sizes = 1 / (np.arange(communities) + 8.0)  # the largest has some four times the smallest
    community = rng.choice(communities, accounts, p=sizes / sizes.sum()).astype(np.int16)
    return Latent(
        community,
        topic_of,
        _interests(topic_of[community], int(topic_of.max()) + 1, rng),
        rng.lognormal(0, 0.9, accounts).astype(np.float32),
        _bots(accounts, rng),
        _regions(community, communities, rng),
    )


def _interests(main: Ints, topics: int, rng: np.random.Generator) -> Floats:
    """A main topic (the community's), a second one, and a little of a few others."""
    rows = np.arange(len(main))
    spread = rng.standard_exponential((len(main), topics), dtype=np.float32) ** 3
    spread *= (1 - MAIN - SECOND) / spread.sum(axis=1, keepdims=True)
    spread[rows, main] += MAIN
    spread[rows, rng.integers(0, topics, len(main))] += SECOND
    return spread


def _bots(accounts: int, rng: np.random.Generator) -> Bools:
    bots = np.zeros(accounts, dtype=bool)
    bots[rng.choice(accounts, max(2, round(accounts * BOT_SHARE)), replace=False)] = True
    return bots


def _regions(community: Ints, communities: int, rng: np.random.Generator) -> Ints:
    home = rng.integers(0, len(REGIONS), communities)[community]
    anywhere = rng.integers(0, len(REGIONS), len(community))
    return np.where(rng.random(len(community)) < AT_HOME, home, anywhere).astype(np.int16)
