"""Which past requests the rankers are judged on, and by what they are measured. Pure.

Time is split: the last label of training is before JUDGED_FROM_MS, the first instant that is judged
is at it. At each instant, all that is known is as of it.
"""

from collections.abc import Callable, Iterator
from itertools import chain

import numpy as np

from trainer.twitter.columns.log import Log
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.mixer.rankers.model import Rankers
from trainer.twitter.mixer.training.evaluation import Ranking
from trainer.twitter.mixer.training.past import Past, past
from trainer.twitter.mixer.training.requests import Request, request
from trainer.twitter.mixer.training.sampling import is_eventful, well_fed
from trainer.twitter.world.population import DAY_MS, HOUR_MS, Floats, Ints

READERS = 200
SEED = 7
BEFORE_END_MS = 2 * DAY_MS
# One request is followed by less than one engagement with what was there: many are asked.
JUDGED_AT_H = tuple(range(0, 25, 3))  # hours after the split
FOLLOWED_FIRST = 1e13  # more than any instant in milliseconds

Watch = Callable[[float], None]


def split_ms(log: Log) -> int:
    """Where training ends and judging begins."""
    return log.ends_at_ms - BEFORE_END_MS


def readers(log: Log, count: int = READERS) -> Ints:
    """At most `count` indexes, ascending, drawn from the well-fed by a fixed seed. They must do
    something afterwards with what was there: others tell nothing of any ranking."""
    order = np.random.default_rng(SEED).permutation(well_fed(log, split_ms(log)))
    chosen = order[_do_something(log)[order]][:count]
    return np.sort(chosen)


def requests(
    log: Log,
    accounts: Matrix,
    readers: Ints,
    watch: Watch = lambda _: None,
    *,
    uneventful: bool = False,
) -> Iterator[Request]:
    """Of the readers at all instants; those after which nothing was done are passed over, unless
    `uneventful`. `accounts`: vectors that were learned from what was done before the split."""
    instants = [split_ms(log) + hours * HOUR_MS for hours in JUDGED_AT_H]

    def at(number: int) -> Iterator[Request]:
        known = past(log, accounts, instants[number])
        yield from _requests(known, readers, uneventful=uneventful)
        watch((number + 1) / len(instants))

    return chain.from_iterable(at(number) for number in range(len(instants)))


def rankings(rankers: Rankers) -> dict[str, Ranking]:
    """The rankers, and what they are measured by."""
    return {
        "heavy": lambda request: rankers.heavy.chances(request.heavy),
        "light": lambda request: rankers.light.chances(request.light),
        "chronological": chronological,
        "random": at_random,
    }


def chronological(request: Request) -> Floats:
    """As the timeline is without a ranker: whom the reader follows, newest first; then others."""
    candidates = request.candidates
    return candidates.at_ms + FOLLOWED_FIRST * candidates.in_network


def at_random(request: Request) -> Floats:
    rng = np.random.default_rng([SEED, request.reader, request.at_ms])
    return rng.random(len(request.shown))


def _requests(known: Past, readers: Ints, *, uneventful: bool) -> Iterator[Request]:
    for reader in readers.tolist():
        if uneventful or is_eventful(known, reader):
            yield request(known, reader)


def _do_something(log: Log) -> np.ndarray:
    """(accounts,): whether each engaged, after one of the instants, with a tweet of before it."""
    found = np.zeros(len(log.accounts.followers), dtype=bool)
    for hours in JUDGED_AT_H:
        at_ms = split_ms(log) + hours * HOUR_MS
        later = log.deeds.between(at_ms, at_ms + DAY_MS)
        found[later.account[log.tweets.at_ms[later.tweet] < at_ms]] = True
    return found
