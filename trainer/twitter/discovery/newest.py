"""What an overlay adds to the interaction graph of its base: one more segment. Pure.

The base's segments are shared by everybody and stay as they are. What an overlay takes back is in
the middle of them, so the lists of the few nodes that it touches are copied, without what is gone
and with what is new, and stand in front of the base's (`Adjacency.over`).
"""

from dataclasses import dataclass, replace

import numpy as np

from trainer.twitter.columns.delta import OverlayDeeds
from trainer.twitter.columns.log import NONE, places
from trainer.twitter.discovery.adjacency import Adjacency, Side, packed
from trainer.twitter.discovery.segments import Segments
from trainer.twitter.world.population import Bools, Ints


def with_segment(segments: Segments, deeds: OverlayDeeds, rows: Ints) -> Segments:
    """The graph with an overlay's deeds, in place of another overlay's that it may have had.

    `rows`: the tweet's row of each deed (e,), NONE for one that is not known. Rows from the base's
    number of tweets on are the overlay's own tweets. The base's oldest segment stays, however far
    the overlay's clock has run: there, nobody but its visitors does anything, and a graph of their
    deeds alone leads nowhere.
    """
    wanted = np.isin(deeds.kind, segments.kinds) & (rows != NONE)
    account, row = (deeds.account - 1)[wanted], rows[wanted].astype(np.int64)
    change = _Change(account, row, deeds.kind[wanted], deeds.is_active[wanted])
    return replace(
        segments,
        users=_changed(segments.users.base, change),
        tweets=_changed(segments.tweets.base, change.turned()),
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Change:
    node: Ints
    other: Ints
    kind: Ints
    is_new: Bools  # else it is taken back

    def turned(self) -> "_Change":
        return _Change(self.other, self.node, self.kind, self.is_new)


def _changed(base: Side, change: _Change) -> Adjacency:
    nodes = np.unique(change.node)
    known = np.flatnonzero(nodes < base.nodes)
    cell, at = base.places(nodes[known])
    place, segment = known[cell // base.segments], cell % base.segments
    gone = ~change.is_new
    taken = np.sort(_key(change.node[gone], change.other[gone], change.kind[gone]))
    kept = ~places(taken, _key(nodes[place], base.flat[at], base.kind[at]))[1]
    new = change.is_new
    over = packed(
        np.concatenate([place[kept], np.searchsorted(nodes, change.node[new])]),
        np.concatenate([segment[kept], np.full(int(new.sum()), base.segments)]),
        np.concatenate([base.flat[at][kept], change.other[new]]),
        np.concatenate([base.kind[at][kept], change.kind[new]]),
        (len(nodes), base.segments + 1),
    )
    return Adjacency(base, nodes.astype(np.int32), over)


def _key(node: Ints, other: Ints, kind: Ints) -> Ints:
    """One number for each edge: 29 bits of node, 31 of its neighbour, 3 of the kind."""
    return (node.astype(np.int64) << 31 | other) << 3 | kind
