"""Mentions of terms as columns, which numpy counts faster than any loop. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

MINUTE_S = 60
# One mention as Postgres's binary send functions write it: big-endian, in this order.
RECORD = np.dtype(
    [
        ("tweet", ">i8"),
        ("minute", ">i4"),
        ("author", ">i4"),
        ("region", ">i2"),
        ("weight", ">f8"),
        ("retracted", ">i2"),
    ]
)


@dataclass(frozen=True, slots=True)
class Mentions:
    """n mentions: each column is (n,). `term` is a place in `terms`; `minute` the unix minute in
    world time; `weight` what the author counts for (0 to 1); `retracted` that the tweet is deleted.
    """

    terms: tuple[str, ...]
    term: NDArray[np.int64]
    tweet: NDArray[np.int64]
    minute: NDArray[np.int64]
    author: NDArray[np.int64]
    region: NDArray[np.int64]
    weight: NDArray[np.float64]
    retracted: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.term)

    def where(self, chosen: NDArray[Any]) -> "Mentions":
        """The rows of a mask or an array of places; `terms` stays whole."""
        return replace(
            self,
            term=self.term[chosen],
            tweet=self.tweet[chosen],
            minute=self.minute[chosen],
            author=self.author[chosen],
            region=self.region[chosen],
            weight=self.weight[chosen],
            retracted=self.retracted[chosen],
        )


def unpacked(packed: Mapping[str, bytes]) -> Mentions:
    """Mentions from each term's RECORDs, one after the other."""
    terms = tuple(packed)
    rows = np.frombuffer(b"".join(packed.values()), RECORD)
    counts = [len(records) // RECORD.itemsize for records in packed.values()]
    return Mentions(
        terms,
        np.repeat(np.arange(len(terms), dtype=np.int64), counts),
        rows["tweet"].astype(np.int64),
        rows["minute"].astype(np.int64),
        rows["author"].astype(np.int64),
        rows["region"].astype(np.int64),
        rows["weight"].astype(np.float64),
        rows["retracted"] != 0,
    )


def joined(base: Mentions, overlay: Mentions) -> Mentions:
    """Both. What the overlay retracted is not counted in the base either."""
    gone = overlay.tweet[overlay.retracted]
    standing = base.where(~np.isin(base.tweet, gone)) if len(gone) else base
    places = _places(base.terms, overlay.terms)
    return Mentions(
        tuple(places),
        _both(standing.term, _renumbered(overlay, places)),
        _both(standing.tweet, overlay.tweet),
        _both(standing.minute, overlay.minute),
        _both(standing.author, overlay.author),
        _both(standing.region, overlay.region),
        np.concatenate([standing.weight, overlay.weight]),
        np.concatenate([standing.retracted, overlay.retracted]),
    )


def _places(first: Sequence[str], second: Sequence[str]) -> dict[str, int]:
    return {term: place for place, term in enumerate(dict.fromkeys((*first, *second)))}


def _renumbered(mentions: Mentions, places: Mapping[str, int]) -> NDArray[np.int64]:
    own = np.array([places[term] for term in mentions.terms], dtype=np.int64)
    return own[mentions.term]


def _both(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([first, second])
