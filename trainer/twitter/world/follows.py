"""Who follows whom: follower counts first, from the power law; then the followers of each. Pure."""

from collections.abc import Sequence

import numpy as np

from trainer.capacity.followers import TruncatedPareto, fit
from trainer.twitter.world.crowd import Crowd, crowd
from trainer.twitter.world.planted import Latent
from trainer.twitter.world.population import Bools, Floats, Ints, Lists

MEAN_FOLLOWERS = 53.0
LEAST_FOLLOWERS = 3.0
MOST_SHARE = 0.98  # of all accounts, that the largest one may have
HOMOPHILY = 0.65  # of the followers of a small account come from its community, at first
COMMUNITY_PULL = 6.0  # how much likelier a member of the community follows a large account
LARGE_SHARE = 1 / 40  # followed by more than this share of all: drawn one account at a time
GUIDE_MEAN = 700  # the guide's average: one account has exactly this many


def celebrity_line(accounts: int) -> int:
    """The follower count at which this world has an account exactly at, and one just below: 100,000
    in the default world of 150,000."""
    return accounts * 2 // 3


def follower_law(accounts: int) -> TruncatedPareto:
    """The law of follower counts. In small worlds the mean is smaller, to stay a power law."""
    return fit(min(MEAN_FOLLOWERS, accounts / 30), LEAST_FOLLOWERS, MOST_SHARE * accounts)


def follower_counts(accounts: int) -> Ints:
    """(accounts,) int64, descending: evenly spaced quantiles of the law, cut to whole followers, of
    which three are lifted to the counts that a demonstration needs."""
    shares = 1 - (np.arange(accounts) + 0.5) / accounts
    counts = np.floor(follower_law(accounts).quantiles(shares)).astype(np.int64)
    line = celebrity_line(accounts)
    return _lifted(counts, [line, line - 1, *([GUIDE_MEAN] if line > GUIDE_MEAN + 1 else [])])


def _lifted(counts: Ints, wanted: Sequence[int]) -> Ints:
    """For each wanted count, the next one below lifted to it, so that one account has exactly it.

    counts, wanted: descending."""
    free = np.ones(len(counts), dtype=bool)
    for exact in wanted:
        place = int(np.argmax(free & (counts <= exact)))
        counts[place], free[place] = exact, False
    counts[free & np.isin(counts, wanted)] -= len(wanted)
    return np.sort(counts)[::-1]


def followed_by(counts: Ints, latent: Latent, rng: np.random.Generator) -> Ints:
    """Every edge once, as followee * n + follower, ascending; (edges,) int64.

    counts: (n,) int64, what each account's number of followers will be.
    """
    large = counts > max(20, len(counts) * LARGE_SHARE)
    edges = [
        _followers_of_large(a, int(counts[a]), latent, rng) for a in np.flatnonzero(large).tolist()
    ]
    edges.append(_followers_of_small(np.where(large, 0, counts), latent, rng))
    keys = np.concatenate(edges)
    keys.sort()
    return keys


def lists(keys: Ints, accounts: int) -> Lists:
    """From sorted keys (owner * n + member) to a list of members for each owner."""
    start = np.searchsorted(keys, np.arange(accounts + 1) * accounts)
    owner = np.repeat(np.arange(accounts), np.diff(start))
    return Lists(start, (keys - owner * accounts).astype(np.int32))


def turned(followers: Lists) -> Lists:
    """The same edges from the other end: lists of followers become lists of followees."""
    accounts = len(followers.start) - 1
    followee = np.repeat(np.arange(accounts), followers.lengths)
    keys = followers.flat * np.int64(accounts) + followee
    keys.sort()
    return lists(keys, accounts)


def _followers_of_large(account: int, count: int, latent: Latent, rng: np.random.Generator) -> Ints:
    """`count` different accounts by weight: those whose exponential waiting times end first."""
    same = latent.community == latent.community[account]
    weight: Floats = latent.activity * np.where(same, COMMUNITY_PULL, 1.0).astype(np.float32)
    waiting = rng.standard_exponential(len(weight), dtype=np.float32) / weight
    waiting[account] = np.inf
    chosen = np.argpartition(waiting, count - 1)[:count]
    return account * len(weight) + chosen.astype(np.int64)


def _followers_of_small(counts: Ints, latent: Latent, rng: np.random.Generator) -> Ints:
    """Draw with repetition, drop what came twice, and draw again what is missing (from anywhere, as
    a small community may have no more members)."""
    groups = len(latent.topic_of)
    people = crowd(np.arange(len(counts)), latent.community, groups, latent.activity)
    first = _fresh(people, latent.community, counts, HOMOPHILY, rng)
    later = np.empty(0, dtype=np.int64)
    missing = counts - _owned(first, len(counts))
    while missing.any():
        fresh = _fresh(people, latent.community, missing, 0.0, rng)
        fresh = fresh[~_among(fresh, first) & ~_among(fresh, later)]
        missing = missing - _owned(fresh, len(counts))
        later = np.concatenate([later, fresh])
        later.sort()
    return np.concatenate([first, later])


def _fresh(
    people: Crowd, community: Ints, counts: Ints, homophily: float, rng: np.random.Generator
) -> Ints:
    """At most `counts` followers of each account, as distinct keys, ascending."""
    followee = np.repeat(np.arange(len(counts)), counts)
    follower = _draw(people, community[followee], homophily, rng)
    return _distinct((followee * np.int64(len(counts)) + follower)[follower != followee])


def _draw(people: Crowd, community: Ints, homophily: float, rng: np.random.Generator) -> Ints:
    near = rng.random(len(community), dtype=np.float32) < homophily
    drawn = people.draw_any(len(community), rng)
    drawn[near] = people.draw_from(community[near], rng)
    return drawn


def _distinct(keys: Ints) -> Ints:
    keys.sort()
    first = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys[first]


def _among(keys: Ints, others: Ints) -> Bools:
    """Which of `keys` are in `others`; both ascending."""
    place = np.searchsorted(others, keys)
    found: Bools = np.append(others, -1)[place] == keys
    return found


def _owned(keys: Ints, accounts: int) -> Ints:
    return np.diff(np.searchsorted(keys, np.arange(accounts + 1) * accounts))
