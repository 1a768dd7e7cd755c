"""Orders the items of each row so that few lines cross, and gives each its place across. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 8  # down and up again; more change nothing visible

Rows = Sequence[Sequence[int]]  # items by index, row by row
Neighbours = Mapping[
    int, Sequence[int]
]  # for each item, those it is joined to in the row next to it


@dataclass(frozen=True, slots=True)
class Sides:
    """What each item is joined to, above and below."""

    above: Neighbours
    below: Neighbours


def ordered(rows: Rows, sides: Sides) -> list[list[int]]:
    """The rows, each sorted by the mean position of the neighbours (barycentre), in sweeps.

    Of all orders on the way the one with the fewest crossings is given.
    """
    now = [list(row) for row in rows]
    best, fewest = now, crossings(now, sides.below)
    for sweep in range(SWEEPS):
        now = _swept(now, sides.above) if sweep % 2 == 0 else _swept(now[::-1], sides.below)[::-1]
        count = crossings(now, sides.below)
        if count < fewest:
            best, fewest = now, count
    return best


def _swept(rows: Rows, neighbours: Neighbours) -> list[list[int]]:
    done: list[list[int]] = [list(rows[0])] if rows else []
    for row in rows[1:]:
        place = {item: i / max(1, len(done[-1]) - 1) for i, item in enumerate(done[-1])}
        means = {}
        for i, item in enumerate(row):
            joined = [place[other] for other in neighbours.get(item, ()) if other in place]
            own = i / max(1, len(row) - 1)
            means[item] = sum(joined) / len(joined) if joined else own
        done.append(sorted(row, key=means.__getitem__))
    return done


def crossings(rows: Rows, below: Neighbours) -> int:
    """How many pairs of lines between neighbouring rows cross."""
    total = 0
    for upper, lower in pairwise(rows):
        place = {item: i for i, item in enumerate(lower)}
        ends = [sorted(place[other] for other in below.get(item, ())) for item in upper]
        passed: list[int] = []
        for group in ends:
            total += sum(before > end for end in group for before in passed)
            passed += group
    return total


def across(
    rows: Rows, sides: Sides, widths: Sequence[float], gap: float, weights: Sequence[float]
) -> list[float]:
    """The middle of each item in px: near its neighbours, in order, `gap` px apart at least."""
    middle = [0.0] * len(widths)
    for row in rows:
        _settle(row, [0.0] * len(row), middle, widths, gap, weights)
    for sweep in range(SWEEPS):
        near = sides.above if sweep % 2 == 0 else sides.below
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wished = [_mean([middle[i] for i in near.get(item, ())], middle[item]) for item in row]
            _settle(row, wished, middle, widths, gap, weights)
    _centre_loose(rows, sides, middle)
    return middle


def _centre_loose(rows: Rows, sides: Sides, middle: list[float]) -> None:
    """Puts the rows in which nothing is joined to anything under the middle of the others."""
    joined = [middle[i] for row in rows for i in row if i in sides.above or i in sides.below]
    centre = (min(joined) + max(joined)) / 2 if joined else 0.0
    for row in rows:
        if not any(i in sides.above or i in sides.below for i in row):
            shift = centre - _mean([middle[i] for i in row], centre)
            for i in row:
                middle[i] += shift


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _settle(
    row: Sequence[int],
    wished: Sequence[float],
    middle: list[float],
    widths: Sequence[float],
    gap: float,
    weights: Sequence[float],
) -> None:
    """Puts the row as near to `wished` as its order and gaps allow: least squares, by pooling
    neighbours that would overlap (isotonic regression)."""
    offset, offsets = 0.0, []
    for i, item in enumerate(row):
        offset += (widths[row[i - 1]] + widths[item]) / 2 + gap if i else 0.0
        offsets.append(offset)
    pools: list[tuple[float, float, int]] = []  # mean, weight, members
    for item, wish, offset in zip(row, wished, offsets, strict=True):
        pool = (wish - offset, weights[item], 1)
        while pools and pools[-1][0] > pool[0]:
            mean, weight, members = pools.pop()
            both = weight + pool[1]
            pool = ((mean * weight + pool[0] * pool[1]) / both, both, members + pool[2])
        pools.append(pool)
    starts = [mean for mean, _, members in pools for _ in range(members)]
    for item, start, offset in zip(row, starts, offsets, strict=True):
        middle[item] = start + offset
