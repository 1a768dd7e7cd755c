"""Fan-out by push: tweet ids into the timelines of followers.

redis-py takes some 25 us to write a command and the server 1 to carry it out, so a command for each
follower would leave the server idle. Here one script call takes up to a thousand followers as a
packed blob, and all timelines of one call lie in one bucket, hence in one slot of a cluster. More
followers a call would hold up the server's other clients: a thousand take it a millisecond or two.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from trainer.resilience.scripts import Argument, Call, Client, run_many
from trainer.twitter import keys
from trainer.twitter.graph.packed import DTYPE, Ids, pack, unpack
from trainer.twitter.timelines import grouping
from trainer.twitter.timelines.scripts import PUSH, SLACK, TTL_S
from trainer.twitter.timelines.window import LENGTH

PER_CALL = 1000  # followers
# Calls sent before their answers are awaited. The server does some tens of kilobytes of a client's
# commands in one go, so this bounds how long its other clients, and our own timeout, have to wait.
PER_TRIP = 32
MOST_PAIRS = 2_000_000  # (follower, tweet) put in order at a time: some 50 MB
Flags = NDArray[np.bool_]
# To every timeline, made where there is none; and only to those that there are.
TO_ALL, TO_PRESENT = b"RPUSH", b"RPUSHX"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A tweet and the accounts it goes to, each once (u32; sorted by (bucket, id) is fastest)."""

    tweet_id: int
    followers: Ids


@dataclass(frozen=True, slots=True)
class Pushed:
    """`attempted` = followers, `stored` = list entries written, `skipped` = dormant followers
    without a list, as the scripts replied; `calls` = script calls that carried the tweet."""

    attempted: int
    stored: int
    skipped: int
    calls: int


def push(
    redis: Client, world_id: int, deliveries: Sequence[Delivery], dormant: Flags
) -> list[Pushed]:
    """Append each tweet's id to the timelines of its followers; what became of each tweet.

    A follower of several of the tweets gets them in one command. `dormant`: (n,) bool by account
    id, every follower's below n; a dormant follower is pushed to only if it has a timeline.
    Doing it again adds ids that are there already, which readers see once. Raises RedisError, and
    then some of it is done.
    """
    return [
        done for batch in _batches(deliveries) for done in _push(redis, world_id, batch, dormant)
    ]


def _batches(deliveries: Sequence[Delivery]) -> Iterator[Sequence[Delivery]]:
    """Stretches of them that can be put in order together."""
    first, pairs = 0, 0
    for n, delivery in enumerate(deliveries):
        pairs += len(delivery.followers)
        if n > first and (n - first == grouping.MOST or pairs > MOST_PAIRS):
            yield deliveries[first:n]
            first, pairs = n, len(delivery.followers)
    if deliveries:
        yield deliveries[first:]


def _push(
    redis: Client, world_id: int, batch: Sequence[Delivery], dormant: Flags
) -> Iterator[Pushed]:
    calls = np.zeros(len(batch), dtype=np.int64)
    skipped = np.zeros(len(dormant), dtype=np.bool_)
    ids = np.array([delivery.tweet_id for delivery in batch], dtype=">u8").tobytes()
    active, away = _told_apart(batch, dormant)
    for command, lists in ((TO_ALL, active), (TO_PRESENT, away)):
        if any(map(len, lists)):
            shared = (ids, command, LENGTH, SLACK, TTL_S)
            groups = grouping.groups(lists, len(dormant), PER_CALL)
            for group, missing in _run(redis, world_id, groups, shared):
                calls[group.tweets] += 1
                skipped[missing] = True
    for delivery, lost, count in zip(batch, away, calls, strict=True):
        unstored = int(np.count_nonzero(skipped[lost]))
        attempted = len(delivery.followers)
        yield Pushed(attempted, attempted - unstored, unstored, int(count))


def _told_apart(batch: Sequence[Delivery], dormant: Flags) -> tuple[list[Ids], list[Ids]]:
    """Each tweet's active followers, and its dormant ones. One audience stays one array."""
    parts: dict[int, tuple[Ids, Ids]] = {}
    for followers in (delivery.followers for delivery in batch):
        if id(followers) not in parts:
            away = dormant[followers]
            parts[id(followers)] = (
                (followers[~away], followers[away]) if away.any() else (followers, _NOBODY)
            )
    both = [parts[id(delivery.followers)] for delivery in batch]
    return [active for active, _ in both], [away for _, away in both]


def _run(
    redis: Client,
    world_id: int,
    groups: Iterable[grouping.Group],
    shared: tuple[Argument, ...],
) -> Iterator[tuple[grouping.Group, Ids]]:
    """Every group with those of its followers that were skipped."""
    waiting = iter(groups)
    while trip := list(islice(waiting, PER_TRIP)):
        replies = run_many(redis, PUSH, [_call(world_id, group, shared) for group in trip])
        for group, skipped in zip(trip, replies, strict=True):
            yield group, unpack(skipped)


def _call(world_id: int, group: grouping.Group, shared: tuple[Argument, ...]) -> Call:
    # The long ones last: redis-py copies what it has of a command with each argument it adds.
    blobs = (pack(group.followers), group.counts.tobytes(), group.places.tobytes())
    return [keys.home_prefix(world_id, group.bucket)], (*shared, *blobs)


_NOBODY = np.empty(0, dtype=DTYPE)
