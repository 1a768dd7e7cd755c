"""A first guess at the vectors of accounts: the leading directions of who is linked with whom.

Pure. A randomised subspace iteration (Halko, Martinsson, Tropp 2011) over one symmetric matrix:
follows, taken as undirected, and being seen with the same tweets; each link divided by the roots of
its ends' degrees, which weights the popular down.
"""

from collections.abc import Callable

import numpy as np

from trainer.twitter.discovery.links import Links, Matrix, sums
from trainer.twitter.world.population import Lists

ROUNDS = 3  # with 2, 3, 4: neighbours of one community 0.94, 0.97, 0.98; recall stays
TOGETHER = np.float32(3.0)  # weight of shared tweets beside follows: of 0, 2, 3, 5
# Added to degrees, or accounts with one link would lead directions of their own.
ACCOUNT_PRIOR, TWEET_PRIOR = 5.0, 2.0

Watch = Callable[[float], None]


def leading(links: Links, dimensions: int, rng: np.random.Generator, watch: Watch) -> Matrix:
    """(n, dimensions) float32 of unit length, or zero for an account without any link. The first
    direction is left out: everybody's degree, and nobody's interest."""
    apply = _operator(links)
    width = min(dimensions + 1, links.accounts)
    basis: Matrix = rng.standard_normal((links.accounts, width), dtype=np.float32)
    for done in range(ROUNDS):
        basis = np.linalg.qr(apply(basis)).Q.astype(np.float32)
        watch((done + 1) / (ROUNDS + 1))
    image = apply(basis)
    within = basis.T @ image
    _, turn = np.linalg.eigh((within + within.T) / 2)  # ascending
    found = np.zeros((links.accounts, dimensions), dtype=np.float32)
    found[:, : width - 1] = image @ turn[:, -2::-1]
    return unit(found)


def unit(rows: Matrix) -> Matrix:
    """(n, d): each row with a length of 1; one of zeros stays so."""
    length = np.linalg.norm(rows, axis=1, keepdims=True).astype(np.float32, copy=False)
    length[length == 0] = 1
    scaled: Matrix = rows / length
    return scaled


def _operator(links: Links) -> Callable[[Matrix], Matrix]:
    follower = _discount(links.following, ACCOUNT_PRIOR)
    followee = _discount(links.followers, ACCOUNT_PRIOR)
    doer = _discount(links.done, ACCOUNT_PRIOR)
    tweet = _discount(links.doers, TWEET_PRIOR)

    def apply(rows: Matrix) -> Matrix:
        linked = follower * sums(links.following, rows * followee)
        linked += followee * sums(links.followers, rows * follower)
        seen = tweet**2 * sums(links.doers, rows * doer)
        linked += TOGETHER * doer * sums(links.done, seen)
        return linked

    return apply


def _discount(lists: Lists, prior: float) -> Matrix:
    """(k, 1): one over the root of each degree."""
    discount: Matrix = (1 / np.sqrt(lists.lengths + prior)).astype(np.float32)[:, None]
    return discount
