"""The exact score that walks estimate, and how near they come to it. Pure."""

import math
from collections.abc import Iterator

import numpy as np

from trainer.twitter.discovery.segments import Segments
from trainer.twitter.discovery.walks import MOST_TWEETS, RESTART, Seeds, seeds_with_edges
from trainer.twitter.world.population import Floats

NEAR = 1e-12  # the share of visits that is left uncounted


def exact(
    segments: Segments,
    seeds: Seeds,
    accounts: int,
    tweets: int,
    *,
    restart: float = RESTART,
) -> Floats:
    """The stationary share of visits of each row (`tweets`,) float64, which adds up to 1 (to 0
    where no seed has an edge). `accounts`, `tweets`: how many there are, an overlay's included.

    By power iteration; a round costs as much as the graph has edges.
    """
    score = np.zeros(tweets)
    for visited in rounds(segments, seeds, accounts, tweets, restart=restart):
        score += restart * visited
        if visited.sum() * (1 - restart) <= NEAR:
            break
    return score


def rounds(
    segments: Segments, seeds: Seeds, accounts: int, tweets: int, *, restart: float = RESTART
) -> Iterator[Floats]:
    """The chance that a walk's first, second, ... tweet is each row (`tweets`,) float64: each round
    of account, tweet, account goes on with 1 - `restart` of what came in. Without end, but where no
    seed has an edge."""
    account, row, _ = segments.users.edges(np.arange(accounts))
    out_of_account = 1 / np.maximum(1, np.bincount(account, minlength=accounts))
    out_of_row = (1 - restart) / np.maximum(1, np.bincount(row, minlength=tweets))
    alive = seeds_with_edges(segments, seeds)
    standing = np.bincount(alive.account, alive.weight, minlength=accounts)
    standing = standing / max(standing.sum(), np.finfo(float).tiny)
    while standing.any():
        visited = np.bincount(row, (standing * out_of_account)[account], minlength=tweets)
        yield np.asarray(visited, dtype=np.float64)
        standing = np.bincount(account, (visited * out_of_row)[row], minlength=accounts)


def tolerance(tweets: int, walks: int, *, restart: float = RESTART, doubt: float = 1e-6) -> float:
    """How far (in total variation, 0 to 1) the walks' shares of visits may be from the exact ones
    on a graph of `tweets` tweets, but for a chance of about `doubt`.

    The shares are ratios of sums over independent walks. A walk of L tweets, L geometric, moves the
    share of one tweet by its visits there less L times the share, over the visits of all walks; the
    squares of that, summed over tweets, are at most (2 L)^2, and E[L^2] / E[L]^2 = 2 - restart. By
    Cauchy and Schwarz the expected distance is at most sqrt((2 - restart) * tweets / walks). A walk
    more or less moves the distance by about L / (walks E[L]), so that it strays from its mean as a
    sum of so many terms does. Cutting the longest walks takes (1 - restart)^MOST_TWEETS.
    """
    spread = (2 - restart) / walks
    strays = math.sqrt(2 * spread * math.log(1 / doubt))
    return math.sqrt(spread * tweets) + strays + (1 - restart) ** MOST_TWEETS
