"""Small interaction graphs, and what is true of them by the definition."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from trainer.twitter.columns.delta import OverlayDeeds
from trainer.twitter.columns.log import DeedColumns
from trainer.twitter.discovery.adjacency import Adjacency
from trainer.twitter.discovery.segments import KINDS, Segments, build
from trainer.twitter.world.population import HOUR_MS, LIKE, Ints

ACCOUNTS, TWEETS = 6, 8
ENDS_AT_MS = 1000 * HOUR_MS
Deed = tuple[int, int, int, int]  # account, row, kind, how many hours before the end


def log(deeds: Sequence[Deed]) -> DeedColumns:
    account, row, kind, hours = (
        np.array(sorted(deeds, key=lambda d: -d[3]) or [[0] * 4][:0]).reshape(-1, 4).T
    )
    return DeedColumns(
        account.astype(np.int32),
        row.astype(np.int32),
        kind.astype(np.int8),
        ENDS_AT_MS - hours * HOUR_MS,
    )


def graph(deeds: Sequence[Deed]) -> Segments:
    return build(log(deeds), ENDS_AT_MS, ACCOUNTS, TWEETS)


def likes(*pairs: tuple[int, int]) -> list[Deed]:
    """All an hour ago."""
    return [(account, row, LIKE, 1) for account, row in pairs]


def overlay(*deeds: tuple[int, int, int, bool]) -> tuple[OverlayDeeds, Ints]:
    """Of account, row, kind and whether it is active: as a delta holds them, and their rows."""
    account, row, kind, active = np.array(deeds, dtype=np.int64).reshape(-1, 4).T
    at_ms = np.full(len(deeds), ENDS_AT_MS + HOUR_MS)
    ids = row + 1_000_000
    return OverlayDeeds(account + 1, ids, kind.astype(np.int8), at_ms, active == 1), row


def edges(adjacency: Adjacency, nodes: int, first: int = 0) -> Counter[tuple[int, int, int]]:
    """All edges of a side's nodes 0 to `nodes` - 1: (node, neighbour, kind)."""
    columns = adjacency.edges(np.arange(nodes), first)
    return Counter(zip(*(column.tolist() for column in columns), strict=True))


def expected(deeds: Sequence[Deed], hours: int = 24) -> Counter[tuple[int, int, int]]:
    """The definition of a graph's edges, from the accounts' side."""
    return Counter(
        (account, row, kind)
        for account, row, kind, ago in deeds
        if kind in KINDS and 0 < ago <= hours
    )
