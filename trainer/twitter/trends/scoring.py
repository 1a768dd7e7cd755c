"""How unexpected it is that so many people mention a term. Pure.

A window is so many one-minute buckets; number 0 is the newest, its last minute the one asked for.
Observed is the number of distinct authors in a window, each counting for their weight once, however
often they repeat. Expected is an exponentially weighted mean of the windows before. The score
is (observed - expected)^2 / expected (Mastodon's; Pearson's chi-square term of a Poisson count),
nought where no more is observed than expected, halved every half-life since.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.trends.mentions import Mentions
from trainer.twitter.trends.rules import TrendRules

_AUTHOR_BITS = 31  # account ids fit


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by (term, window), each (terms, windows): weighted distinct authors, distinct authors,
    and mentions."""

    observed: NDArray[np.float64]
    authors: NDArray[np.int64]
    mentions: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scores:
    """By term, each (terms,): the best scored window, its score faded to now, and what made it."""

    window: NDArray[np.int64]
    score: NDArray[np.float64]
    observed: NDArray[np.float64]
    expected: NDArray[np.float64]
    authors: NDArray[np.int64]
    mentions: NDArray[np.int64]


def author_weights(
    quality: NDArray[np.float64], age_days: NDArray[np.float64], rules: TrendRules
) -> NDArray[np.float64]:
    """What authors count for, 0 to 1: their quality (0 to 1) times the new-account discount, which
    falls away in a straight line over `new_account_days`. Age at the tweet, in world time."""
    grown = np.clip(age_days / rules.new_account_days, 0.0, 1.0)
    return quality * (rules.newest_weight + (1.0 - rules.newest_weight) * grown)


def windows_ago(minutes: NDArray[np.int64], minute: int, rules: TrendRules) -> NDArray[np.int64]:
    """The number of the window of each minute, seen from `minute`; below 0 lies in the future."""
    return (minute - minutes) // rules.window_min


def tally(mentions: Mentions, minute: int, rules: TrendRules) -> Tally:
    """Count what stands (is not retracted) in the history that ends with `minute`.

    An author whose weight changed within a window counts for the least of it, so that repeating
    never gains anything.
    """
    window = windows_ago(mentions.minute, minute, rules)
    standing = ~mentions.retracted & (window >= 0) & (window < rules.windows)
    cell = (mentions.term * rules.windows + window)[standing]
    voices = cell << _AUTHOR_BITS | mentions.author[standing]
    order = np.argsort(voices, kind="stable")
    voice, first = np.unique(voices[order], return_index=True)
    least = mentions.weight[standing][order]
    weight = np.minimum.reduceat(least, first) if len(first) else least
    spoken = voice >> _AUTHOR_BITS
    shape = (len(mentions.terms), rules.windows)
    size = shape[0] * shape[1]
    return Tally(
        np.bincount(spoken, weights=weight, minlength=size).astype(np.float64).reshape(shape),
        np.bincount(spoken, minlength=size).reshape(shape),
        np.bincount(cell, minlength=size).reshape(shape),
    )


def expectations(observed: NDArray[np.float64], rules: TrendRules) -> NDArray[np.float64]:
    """For each window what the ones before it lead to expect. Both are (terms, windows)."""
    kept = 0.5 ** (rules.window_min / rules.expectation_half_life_min)
    expected = np.empty_like(observed)
    mean = np.zeros(len(observed))
    for window in reversed(range(observed.shape[1])):
        expected[:, window] = mean
        mean = kept * mean + (1.0 - kept) * observed[:, window]
    return np.maximum(expected, rules.expected_floor_authors)


def scores(counts: Tally, rules: TrendRules) -> Scores:
    """The best of the scored windows of each term, faded by its age."""
    expected = expectations(counts.observed, rules)[:, : rules.scored_windows]
    excess = np.maximum(counts.observed[:, : rules.scored_windows] - expected, 0.0)
    age_min = np.arange(expected.shape[1]) * rules.window_min
    faded = excess**2 / expected * 0.5 ** (age_min / rules.score_half_life_min)
    best = faded.argmax(axis=1)
    row = np.arange(len(best))
    return Scores(
        best,
        faded[row, best],
        counts.observed[row, best],
        expected[row, best],
        counts.authors[row, best],
        counts.mentions[row, best],
    )
