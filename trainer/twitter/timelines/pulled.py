"""What is pulled when a timeline is read: tweets of authors with too many followers to push to, and
retweets of what had gone viral. The base's are kept in Redis, a string an author; an overlay's are
few and come from Postgres."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainer.resilience.scripts import Client
from trainer.resilience.single_flight import Flight, get_or_make
from trainer.twitter import keys
from trainer.twitter.graph.packed import DTYPE, pack, unpack
from trainer.twitter.timelines import chronology
from trainer.twitter.timelines.chronology import Authors
from trainer.twitter.timelines.scripts import TTL_S
from trainer.twitter.timelines.window import Window, packed, parse


@dataclass(frozen=True, slots=True)
class Pulled:
    """A window for each author who has any; `made`: strings that this call had to make."""

    windows: list[Window]
    made: int


def pulled(redis: Client, base_id: int, following: Authors) -> Pulled:
    """The base's pull-stamped tweets by `following` (sorted). Raises as `get_or_make`."""
    pullers = get_or_make(
        redis, [keys.pullers(base_id)], lambda _: [_pullers(base_id)], Flight(TTL_S)
    )
    authors = np.intersect1d(following, unpack(pullers.values[0]), assume_unique=True).tolist()

    def make(places: Sequence[int]) -> Sequence[bytes]:
        windows = chronology.pulled_by_author(base_id, [authors[n] for n in places])
        return [packed(windows[authors[n]]) for n in places]

    found = get_or_make(
        redis, [keys.pulled(base_id, author) for author in authors], make, Flight(TTL_S)
    )
    windows = [window for blob in found.values if (window := parse(blob)) is not None]
    return Pulled(windows, pullers.made + found.made)


def _pullers(base_id: int) -> bytes:
    return pack(np.array(chronology.pullers(base_id), dtype=DTYPE))
