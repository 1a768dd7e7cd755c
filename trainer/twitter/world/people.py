"""The visible side of accounts: handles, names, age, quality, and who is away. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.world.planted import Latent
from trainer.twitter.world.population import DAY_MS, ENDS_AT_MS, STARTED_AT_MS, Bools, Floats, Ints
from trainer.twitter.world.words import FIRST, SECOND

AWAY_SHARE = 0.20  # not seen for more than 30 days
QUIET_SHARE = 0.05  # not seen in the two weeks of the history, but within 30 days
LARGE_SHARE, LARGE_LEAST = 1 / 100, 200  # followers, as a share of all; such accounts are not away
OLDEST_DAYS = 5_700
BOT_DAYS = 10


@dataclass(frozen=True, eq=False)
class Presence:
    """Columns of n accounts: `is_about` in the history's two weeks; times in unix ms."""

    is_about: Bools
    created_ms: Ints
    last_seen_ms: Ints  # before the history for those who are not about


def names(accounts: int, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Handles, no two alike and of at most 15 characters, and the names that go with them."""
    pairs = len(FIRST) * len(SECOND)
    pair = np.resize(rng.permutation(pairs), accounts).tolist()
    handles, people = [], []
    for number, chosen in enumerate(pair):
        first, second = FIRST[chosen % len(FIRST)], SECOND[chosen // len(FIRST)]
        again = number // pairs
        handles.append(f"{first}{second}{again + 1 if again else ''}")
        people.append(f"{first.capitalize()} {second.capitalize()}")
    return handles, people


def quality(followers: Ints, is_bot: Bools, rng: np.random.Generator) -> NDArray[np.float64]:
    """(n,) float64 in 0..1: mostly fair, better with many followers, next to nothing for bots."""
    fair = rng.beta(4, 2.5, len(followers)) + 0.04 * np.log10(followers + 1.0)
    return np.where(is_bot, rng.uniform(0.01, 0.08, len(followers)), np.clip(fair, 0.05, 1.0))


def premium(followers: Ints, quality: Floats, is_bot: Bools, rng: np.random.Generator) -> Bools:
    """(n,) bool: some 8%, half of the large accounts, no bots."""
    chance = 0.02 + 0.12 * quality**2 + 0.4 * _are_large(followers)
    return (rng.random(len(quality)) < chance) & ~is_bot


def presence(followers: Ints, latent: Latent, rng: np.random.Generator) -> Presence:
    """Who is about, and when the others were last seen. Bots are new; a few others are too."""
    accounts = len(followers)
    large = _are_large(followers)
    fate = rng.random(accounts)
    about = (fate >= AWAY_SHARE + QUIET_SHARE) | latent.is_bot | large
    quiet = ~about & (fate < QUIET_SHARE)
    age_days = 30 + (OLDEST_DAYS - 30) * rng.beta(1.3, 1.2, accounts)
    age_days = np.where(rng.random(accounts) < 0.015, rng.uniform(1, 30, accounts), age_days)
    age_days = np.where(latent.is_bot, rng.uniform(1, BOT_DAYS, accounts), age_days)
    age_days = np.where(large, 700 + 0.85 * age_days, age_days)
    seen_days = np.where(quiet, rng.uniform(14, 29, accounts), _away_days(accounts, rng))
    age_days = np.where(about, age_days, np.maximum(age_days, seen_days + 1))
    created = ENDS_AT_MS - (age_days * DAY_MS).astype(np.int64)
    seen = np.where(about, np.maximum(created, STARTED_AT_MS), _before_end(seen_days))
    return Presence(about, created, seen)


def _are_large(followers: Ints) -> Bools:
    return followers > max(LARGE_LEAST, LARGE_SHARE * len(followers))


def _away_days(accounts: int, rng: np.random.Generator) -> Floats:
    return np.minimum(31 + rng.exponential(250, accounts), OLDEST_DAYS - 1)


def _before_end(days: Floats) -> Ints:
    return ENDS_AT_MS - (days * DAY_MS).astype(np.int64)
