"""Followers put together for script calls: one bucket a call, a follower's tweets side by side.

Pure. A client that takes longer over this than the server over the calls would be the bottleneck,
so nothing here is a loop over followers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.graph.packed import DTYPE, Ids
from trainer.twitter.keys import BUCKETS

MOST = 255  # tweets in a group: a place among them is a byte, counted from 1 as Lua does
Bytes = NDArray[np.uint8]
Ranks = NDArray[np.intp]
_BUCKETS = np.uint32(BUCKETS)  # keeps what is computed with it at 32 bits


@dataclass(frozen=True, slots=True)
class Group:
    """What one call carries: `followers` (n,) u32, all of `bucket`; `counts` (n,) u8: how many
    tweets each gets; `places` (sum of counts,) u8: which, follower by follower, from 1;
    `tweets`: which it carries at all, from 0."""

    bucket: int
    followers: Ids
    counts: Bytes
    places: Bytes
    tweets: NDArray[np.intp]


def groups(lists: Sequence[Ids], accounts: int, per_call: int) -> Iterator[Group]:
    """The followers of `lists`: those of each tweet, each follower once in a list, at most MOST
    lists of accounts below `accounts`. A follower comes in one group, its tweets in the order of
    the lists; a group has one bucket and at most `per_call` followers."""
    if all(followers is lists[0] for followers in lists):
        yield from _one_audience(lists[0], len(lists), per_call)
    else:
        yield from _many_audiences(lists, accounts, per_call)


def _one_audience(followers: Ids, tweets: int, per_call: int) -> Iterator[Group]:
    """All tweets to all: nothing to sort but buckets, and usually not even those."""
    buckets = (followers % _BUCKETS).astype(np.uint8)
    if np.any(buckets[1:] < buckets[:-1]):
        followers = followers[np.argsort(buckets, kind="stable")]
        buckets.sort()
    counts = np.full(per_call, tweets, dtype=np.uint8)
    places = np.tile(np.arange(1, tweets + 1, dtype=np.uint8), per_call)
    edges = np.searchsorted(buckets, np.arange(BUCKETS + 1, dtype=np.uint8))
    every = np.arange(tweets)
    for bucket, first, last in _stretches(edges, per_call):
        size = last - first
        yield Group(bucket, followers[first:last], counts[:size], places[: size * tweets], every)


def _many_audiences(lists: Sequence[Ids], accounts: int, per_call: int) -> Iterator[Group]:
    """A counting sort by (bucket, id): account ids run from 1 without gaps."""
    width = -(-accounts // BUCKETS)  # accounts of a bucket; ranks put them one after another
    ranks = [_ranks(ids, width) for ids in lists]
    tally = np.bincount(np.concatenate(ranks), minlength=BUCKETS * width)
    present = np.flatnonzero(tally)
    counts = tally[present].astype(np.uint8)
    starts = np.concatenate(([0], np.cumsum(counts, dtype=np.intp)))
    places = _places(ranks, present, starts[:-1], len(tally))
    followers = (present % width * BUCKETS + present // width).astype(DTYPE)
    edges = np.searchsorted(present, np.arange(BUCKETS + 1) * width)
    for bucket, first, last in _stretches(edges, per_call):
        carried = places[starts[first] : starts[last]]
        tweets = np.flatnonzero(np.bincount(carried)) - 1
        yield Group(bucket, followers[first:last], counts[first:last], carried, tweets)


def _ranks(ids: Ids, width: int) -> Ranks:
    """As numpy wants indices: with others it would convert them at every use."""
    return ((ids % _BUCKETS) * np.uint32(width) + ids // _BUCKETS).astype(np.intp)


def _places(ranks: Sequence[Ranks], present: Ranks, starts: Ranks, size: int) -> Bytes:
    """Which list every (follower, tweet) comes from, follower by follower."""
    free = np.zeros(size, dtype=np.intp)  # where a follower's next tweet goes
    free[present] = starts
    places = np.empty(sum(map(len, ranks)), dtype=np.uint8)
    for number, rank in enumerate(ranks, start=1):
        at = free[rank]
        places[at] = number
        free[rank] = at + 1
    return places


def _stretches(edges: Ranks, most: int) -> Iterator[tuple[int, int, int]]:
    """(bucket, first, last) of every call; bucket b's followers lie from edge b to the next."""
    for bucket in range(BUCKETS):
        for first in range(int(edges[bucket]), int(edges[bucket + 1]), most):
            yield bucket, first, min(first + most, int(edges[bucket + 1]))
