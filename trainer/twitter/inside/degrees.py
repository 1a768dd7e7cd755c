"""The follow graph whole, and what it would be if following had to be friendship."""

from dataclasses import dataclass

import numpy as np
from django.db import connection

from trainer.twitter.columns.reading import read_following
from trainer.twitter.columns.sent import bigints, ints
from trainer.twitter.world.population import Bools, Ints
from trainer.twitter.world.value import World

# Retweets too: a timeline takes them like any other entry.
_POSTED = """
SELECT array_send(array_agg(author_id)), array_send(array_agg(posted))
  FROM (SELECT author_id, count(*) AS posted FROM twitter_tweet
         WHERE world_id = %s AND NOT is_deleted GROUP BY author_id) AS counted
"""


@dataclass(frozen=True, eq=False, slots=True)
class FollowGraph:
    """e edges among n accounts, each known by its index (its id - 1); ascending by follower, then
    by followee, none twice."""

    follower: Ints  # (e,) int32
    followee: Ints  # (e,) int32
    posted: Ints  # (n,) int64: tweets, replies and retweets in the base's history

    @property
    def followers(self) -> Ints:
        """(n,) int64: how many each account has, which is what one post of it costs to push."""
        return np.bincount(self.followee, minlength=len(self.posted))


@dataclass(frozen=True, eq=False, slots=True)
class FriendGraph:
    """`friends`: (n,) int64, how many each account has. `refused`: friendships that a cap undid."""

    friends: Ints
    refused: int


def follow_graph(world: World) -> FollowGraph:
    """All edges of the world's base: some seconds for eight million."""
    following = read_following(world)
    size = len(following.lengths)
    follower = np.repeat(np.arange(size, dtype=np.int32), following.lengths)
    return FollowGraph(follower, following.flat, _posted(world, size))


def mutual(graph: FollowGraph) -> Bools:
    """(e,): whether the followee follows back."""
    size = len(graph.posted)
    edges = graph.follower.astype(np.int64) * size + graph.followee
    reversed_ = graph.followee.astype(np.int64) * size + graph.follower
    reversed_.sort()
    place = np.searchsorted(reversed_, edges)  # quick, as both ascend
    is_there = place < len(reversed_)
    is_there[is_there] = reversed_[place[is_there]] == edges[is_there]
    return is_there


def befriended(graph: FollowGraph, is_mutual: Bools, cap: int, seed: int) -> FriendGraph:
    """Every follow a friendship, where both have room: who would have more than `cap` friends keeps
    so many of them, drawn at random, and a friendship stands if both keep it."""
    once = ~is_mutual | (graph.follower < graph.followee)
    return capped(graph.follower[once], graph.followee[once], len(graph.posted), cap, seed)


def mutual_only(graph: FollowGraph, is_mutual: Bools, cap: int, seed: int) -> FriendGraph:
    """Friendship only where both follow in truth, capped in the same way."""
    once = is_mutual & (graph.follower < graph.followee)
    return capped(graph.follower[once], graph.followee[once], len(graph.posted), cap, seed)


def capped(one: Ints, other: Ints, size: int, cap: int, seed: int) -> FriendGraph:
    """The friendships between `one` (f,) and `other` (f,), each pair once, that the cap leaves."""
    wished = np.bincount(one, minlength=size) + np.bincount(other, minlength=size)
    is_full = wished > cap
    contested = np.flatnonzero(is_full[one] | is_full[other])
    ends = np.concatenate([one[contested], other[contested]])
    keeps = np.ones(len(ends), dtype=np.bool_)
    choosing = np.flatnonzero(is_full[ends])
    keeps[choosing] = _chosen(ends[choosing], cap, np.random.default_rng(seed))
    stands = np.ones(len(one), dtype=np.bool_)
    stands[contested] = keeps[: len(contested)] & keeps[len(contested) :]
    friends = np.bincount(one[stands], minlength=size) + np.bincount(other[stands], minlength=size)
    return FriendGraph(friends, len(one) - int(stands.sum()))


def _chosen(accounts: Ints, most: int, rng: np.random.Generator) -> Bools:
    """(k,): of the rows of each account, `most` drawn at random."""
    drawn = rng.integers(0, 1 << 31, len(accounts), dtype=np.int64)
    order = np.argsort((accounts.astype(np.int64) << 31) | drawn)
    ascending = accounts[order]
    rank = np.arange(len(ascending)) - np.searchsorted(ascending, ascending)
    chosen = np.empty(len(accounts), dtype=np.bool_)
    chosen[order] = rank < most
    return chosen


def _posted(world: World, size: int) -> Ints:
    with connection.cursor() as cursor:
        cursor.execute(_POSTED, [world.root.id])
        authors, counts = cursor.fetchone()
    posted = np.zeros(size, dtype=np.int64)
    posted[ints(authors) - 1] = bigints(counts)
    return posted
