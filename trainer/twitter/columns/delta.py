"""What an overlay holds beyond its base, as columns. Pure.

In the space of rows the base's m tweets come first; the overlay's own follow as row m, m + 1, ...
in the order of `OverlayTweets.id`.
"""

from dataclasses import dataclass, field

import numpy as np

from trainer.twitter.world.population import Bools, Ints


def _ids() -> Ints:
    return np.empty(0, np.int64)


@dataclass(frozen=True, eq=False, slots=True)
class OverlayTweets:
    """The k tweets, replies and retweets that were posted in the overlay, ascending by id."""

    id: Ints = field(default_factory=_ids)  # (k,) int64
    author: Ints = field(default_factory=_ids)  # (k,) int64 account id
    kind: Ints = field(default_factory=lambda: np.empty(0, np.int8))
    parent: Ints = field(default_factory=_ids)  # (k,) int64 tweet id, 0 for none
    is_deleted: Bools = field(default_factory=lambda: np.empty(0, np.bool_))


@dataclass(frozen=True, eq=False, slots=True)
class OverlayDeeds:
    """The engagements in which the overlay differs from its base, by time. Not active: one of the
    base's that was taken back, which was done at `undone_ms` (an active one's: its own time)."""

    account: Ints = field(default_factory=_ids)  # (e,) int64 account id
    tweet: Ints = field(default_factory=_ids)  # (e,) int64 tweet id
    kind: Ints = field(default_factory=lambda: np.empty(0, np.int8))
    at_ms: Ints = field(default_factory=_ids)
    is_active: Bools = field(default_factory=lambda: np.empty(0, np.bool_))
    undone_ms: Ints = field(default_factory=_ids)


@dataclass(frozen=True, eq=False, slots=True)
class Delta:
    """`gone`: ids of the base's tweets that are deleted in the overlay, ascending. `is_whole` is
    False where the overlay holds more than is read for a request: then its newest."""

    tweets: OverlayTweets = field(default_factory=OverlayTweets)
    deeds: OverlayDeeds = field(default_factory=OverlayDeeds)
    gone: Ints = field(default_factory=_ids)
    is_whole: bool = True
