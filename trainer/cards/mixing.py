"""In which order the cards of a day come. Pure."""

from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")
MIXED: Final = "mixed"
NEW_FIRST: Final = "new-first"


def ordered(
    new: Sequence[T], reviews: Sequence[T], order: str, done: tuple[int, int], left: tuple[int, int]
) -> list[T]:
    """New cards and reviews in one row. `done` and `left`: of both, how many of the day are done
    and left. Mixed, each kind is spread evenly over the day, so that the row goes on as it began
    after every answer."""
    if order != MIXED:
        return [*new, *reviews] if order == NEW_FIRST else [*reviews, *new]
    totals = [max(1, done[kind] + left[kind]) for kind in (0, 1)]
    queues, taken, row = (list(new), list(reviews)), list(done), []
    while queues[0] and queues[1]:
        kind = 0 if taken[0] / totals[0] < taken[1] / totals[1] else 1
        row.append(queues[kind].pop(0))
        taken[kind] += 1
    return [*row, *queues[0], *queues[1]]


def alternating(first: Sequence[T], second: Sequence[T], count: int) -> list[T]:
    """`count` of both, one of each in turn, and of the longer what is missing."""
    row: list[T] = []
    for place in range(max(len(first), len(second))):
        row += [*first[place : place + 1], *second[place : place + 1]]
    return row[:count]
