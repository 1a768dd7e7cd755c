"""Which readers' requests are learned from, and which are judged. Pure.

A request after which the reader did nothing with what was there teaches little and costs as much as
any. So only a share of these is made, and each weighs as many as it stands for.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trainer.twitter.columns.log import KINDS, Log
from trainer.twitter.mixer.features import HEAVY
from trainer.twitter.mixer.filters import LONGEST_DAYS
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.mixer.training.examples import Examples, kept
from trainer.twitter.mixer.training.past import Past
from trainer.twitter.mixer.training.requests import SIDE, request
from trainer.twitter.world.population import DAY_MS, HOUR_MS, Ints

ACTIVE_MS = 7 * DAY_MS
FRESH_MS = 12 * HOUR_MS


@dataclass(frozen=True, slots=True)
class Sample:
    """`requests`: at each instant, drawn by activity. Which shares (above 0) are kept:
    `uneventful`, of the requests without any later engagement; `fresh`, `old`, of the candidates.
    `outside`: in which share of the requests the sources out of the network are asked, which take
    longest.

    A negative that stands for many counts most where chances are high: with few of these, a network
    finds places where none happened to be drawn. So more of the fresh ones are kept. That does not
    make the chances true on later days: `bench ranking` holds them against what came.
    """

    requests: int
    uneventful: float
    fresh: float
    old: float
    outside: float = 1.0


def drawn(past: Past, count: int, rng: np.random.Generator) -> Ints:
    """At most `count` readers, none twice, in proportion to what they did in the week before: who
    does more asks for more timelines."""
    week = past.log.deeds.between(past.at_ms - ACTIVE_MS, past.at_ms)
    done = np.bincount(week.account, minlength=len(past.log.accounts.followers))
    count = min(count, int(np.count_nonzero(done)))
    return rng.choice(len(done), count, replace=False, p=done / max(1, done.sum()))


def is_eventful(past: Past, reader: int) -> bool:
    """Whether the reader did anything, within the horizon, with a tweet that was there."""
    later = past.afterwards.of(reader)[0]
    return bool((later < len(past.present.snapshot.tweets.id)).any())


def examples(past: Past, sample: Sample, rng: np.random.Generator) -> Examples:
    """Of one instant."""
    return Examples.joined([_none(), *_examples(past, sample, rng)])


def _examples(past: Past, sample: Sample, rng: np.random.Generator) -> Iterator[Examples]:
    for reader in drawn(past, sample.requests, rng).tolist():
        share = 1.0 if is_eventful(past, reader) else sample.uneventful
        if rng.random() >= share:
            continue
        made = request(past, reader, outside=bool(rng.random() < sample.outside))
        is_fresh = made.candidates.shown_at_ms > past.at_ms - FRESH_MS
        chosen, weights = kept(made.labels, np.where(is_fresh, sample.fresh, sample.old), rng)
        shares = share * np.where(made.candidates.in_network[chosen], 1.0, sample.outside)
        stands_for: Matrix = (weights / shares).astype(np.float32)
        whose = np.full(len(chosen), reader)
        yield Examples(made.heavy[chosen], made.labels[chosen], stands_for, whose)


def _none() -> Examples:
    return Examples(
        np.empty((0, len(HEAVY)), np.float32),
        np.empty((0, len(KINDS)), np.float32),
        np.empty(0, np.float32),
        np.empty(0, np.int64),
    )


def well_fed(log: Log, at_ms: int) -> Ints:
    """The readers to be judged from `at_ms` on: those with as many entries in their network as are
    fetched, of the days that may be shown, who did something in the week before."""
    days = log.tweets.at_ms
    first, last = np.searchsorted(days, [at_ms - LONGEST_DAYS * DAY_MS, at_ms])
    accounts = len(log.accounts.followers)
    posted = np.bincount(log.tweets.author[first:last], minlength=accounts)
    upto = np.concatenate([[0], np.cumsum(posted[log.following.flat])])
    entries = np.diff(upto[log.following.start])
    active = np.unique(log.deeds.between(at_ms - ACTIVE_MS, at_ms).account)
    return np.intersect1d(np.flatnonzero(entries >= SIDE), active)
