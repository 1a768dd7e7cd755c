"""Mentions by hand, for the pure parts."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from trainer.twitter.trends.mentions import RECORD, Mentions, unpacked

NOW = 30_000_000  # a unix minute
ACCOUNTS = 3_000
OLD = np.zeros(ACCOUNTS, dtype=np.int64)  # every account as old as time itself


@dataclass(frozen=True)
class Said:
    """One mention: who, how many minutes ago, and of what."""

    author: int
    ago: int = 5
    term: str = "tag"
    weight: float = 1.0
    region: int = 0
    is_retracted: bool = False


def mentions(said: Iterable[Said], first_tweet: int = 1) -> Mentions:
    rows: dict[str, list[tuple]] = {}
    for tweet, one in enumerate(said, first_tweet):
        row = (tweet, NOW - one.ago, one.author, one.region, one.weight, one.is_retracted)
        rows.setdefault(one.term, []).append(row)
    return unpacked({term: np.array(own, RECORD).tobytes() for term, own in rows.items()})


def crowd_of_people(
    count: int, term: str = "tag", *, first: int = 0, within: int = 50, regions: int = 4
) -> list[Said]:
    """People who mention a term once each, spread over the last minutes and over regions."""
    return [
        Said(first + n, ago=n * within // count, term=term, region=n % regions)
        for n in range(count)
    ]


def bots(tweets: int, accounts: int, term: str = "tag") -> list[Said]:
    """The same few accounts, from everywhere, without a pause."""
    return [
        Said(n % accounts, ago=n * 50 // tweets, term=term, region=n % accounts % 4)
        for n in range(tweets)
    ]
