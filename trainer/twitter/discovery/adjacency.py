"""Lists of neighbours, packed into few arrays, in segments of time. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.columns.log import places
from trainer.twitter.errors import OutOfOrder
from trainer.twitter.world.population import Ints

Int32s = NDArray[np.int32]


@dataclass(frozen=True, eq=False, slots=True)
class Side:
    """The lists of n nodes in S segments. Each segment's lists are one piece of `flat`, the oldest
    segment's first. Of node v, `upto[v, s]` edges are in its segments up to and with s; its edge
    number c (0 is its oldest), if that is in segment s, is at `shift[v, s] + c`: so one is drawn
    among all of them with two look-ups."""

    upto: Ints  # (n, S) int32
    shift: Ints  # (n, S) int32
    flat: Ints  # (e,) int32: the neighbours
    kind: Ints  # (e,) int8: which engagement each is, 1 to 6

    @property
    def nodes(self) -> int:
        return len(self.upto)

    @property
    def segments(self) -> int:
        return int(self.upto.shape[1])

    def degree(self, nodes: Ints) -> Int32s:
        """(w,) of nodes (w,)."""
        degree: Int32s = self.upto[nodes, -1]
        return degree

    def draw(self, nodes: Ints, draws: NDArray[np.float64]) -> Int32s:
        """A neighbour of each of nodes (w,) by `draws` (w,), uniform in [0, 1)."""
        upto = self.upto.take(nodes, axis=0)
        edge = (draws * upto[:, -1]).astype(np.int32)
        # how many segments end before it: a product counts several times faster than a sum
        segment = (upto <= edge[:, None]) @ np.ones(self.segments, dtype=np.int16)
        drawn: Int32s = self.flat[self.shift[nodes, segment] + edge]
        return drawn

    def places(self, nodes: Ints, first: int = 0) -> tuple[Ints, Ints]:
        """Where in `flat` the edges of nodes (w,) from segment `first` on are: for each edge its
        cell, (place in `nodes`) * (S - first) + segment - first, and its place; both (edges,)."""
        upto = self.upto[nodes]
        before = np.pad(upto, ((0, 0), (1, 0)))[:, first:-1]
        size = (upto[:, first:] - before).ravel()
        cell = np.repeat(np.arange(len(size)), size)
        begin = (self.shift[nodes, first:] + before).ravel() - (np.cumsum(size) - size)
        return cell, begin[cell] + np.arange(len(cell))


@dataclass(frozen=True, eq=False, slots=True)
class Adjacency:
    """A base's lists, and in front of them those of the few `nodes` (k,) (ascending) that an
    overlay touches, whole and with one segment more: `over` holds the list of `nodes[j]` at j."""

    base: Side
    nodes: Ints  # (k,) int32
    over: Side

    def draw(self, nodes: Ints, rng: np.random.Generator) -> Int32s:
        """One neighbour of each node (w,), uniformly among all its edges: a segment in proportion
        to the node's degree in it, then an edge of that. Every node must have one."""
        draws = rng.random(len(nodes))
        if not len(self.nodes):
            return self.base.draw(nodes, draws)
        place, is_over = places(self.nodes, nodes)
        drawn = np.empty(len(nodes), dtype=np.int32)
        drawn[is_over] = self.over.draw(place[is_over], draws[is_over])
        drawn[~is_over] = self.base.draw(nodes[~is_over], draws[~is_over])
        return drawn

    def degree(self, nodes: Ints) -> Ints:
        """(w,) how many edges each node has; 0 for one that is not in the graph."""
        place, is_over = places(self.nodes, nodes)
        known = ~is_over & (nodes < self.base.nodes)
        degree = np.zeros(len(nodes), dtype=np.int64)
        degree[is_over] = self.over.degree(place[is_over])
        degree[known] = self.base.degree(nodes[known])
        return degree

    def edges(self, nodes: Ints, first: int = 0) -> tuple[Ints, Int32s, Ints]:
        """All edges of nodes (w,) from segment `first` on, in no order: the place in `nodes`, the
        neighbour, the kind; each (edges,)."""
        place, is_over = places(self.nodes, nodes)
        known = np.flatnonzero(~is_over & (nodes < self.base.nodes))
        over = np.flatnonzero(is_over)
        of_base, at = self.base.places(nodes[known], first)
        of_over, over_at = self.over.places(place[over], first)
        return (
            np.concatenate(
                [
                    known[of_base // (self.base.segments - first)],
                    over[of_over // (self.over.segments - first)],
                ]
            ),
            np.concatenate([self.base.flat[at], self.over.flat[over_at]]),
            np.concatenate([self.base.kind[at], self.over.kind[over_at]]),
        )


def packed(node: Ints, segment: Ints, other: Ints, kind: Ints, shape: tuple[int, int]) -> Side:
    """The lists of edges (e,) from `node` to `other`; `shape`: how many nodes and segments."""
    nodes, segments = shape
    key = segment * nodes + node
    order = np.argsort(key, kind="stable")
    size = np.bincount(key, minlength=nodes * segments)
    start = (np.cumsum(size) - size).reshape(segments, nodes).T
    upto = np.cumsum(size.reshape(segments, nodes).T, axis=1)
    before = np.pad(upto, ((0, 0), (1, 0)))[:, :-1]
    return Side(
        np.ascontiguousarray(upto, dtype=np.int32),
        np.ascontiguousarray(start - before, dtype=np.int32),
        other[order].astype(np.int32),
        kind[order].astype(np.int8),
    )


def rolled_on(side: Side, new: Side) -> Side:
    """Without the oldest segment, and with `new`'s only one as the newest. Raises OutOfOrder where
    that has fewer nodes."""
    grown = new.nodes - side.nodes
    if grown < 0:
        raise OutOfOrder(side.nodes, new.nodes)
    oldest = side.upto[:, :1]
    dropped = int(oldest.sum())
    more = ((0, grown), (0, 0))
    left = np.pad(side.upto[:, 1:] - oldest, more)
    shift = np.pad(side.shift[:, 1:] + oldest - dropped, more)
    last = left[:, -1:]
    return Side(
        np.column_stack([left, last + new.upto]),
        np.column_stack([shift, len(side.flat) - dropped + new.shift - last]).astype(np.int32),
        np.concatenate([side.flat[dropped:], new.flat]),
        np.concatenate([side.kind[dropped:], new.kind]),
    )


def alone(base: Side) -> Adjacency:
    """As the base has it, without an overlay."""
    none = np.empty(0, dtype=np.int32)
    table = np.empty((0, base.segments + 1), dtype=np.int32)
    return Adjacency(base, none, Side(table, table, none, none.astype(np.int8)))
