"""A stretch of a timeline: which ids are there, and down to where nothing is missing.

In Redis a timeline is a list of 8-byte big-endian ids in any order, some perhaps twice. Its first
element may be a floor marker: a number with the top bit set. Ids never have it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.uint64]

# A full timeline. Mastodon and the timeline service of 2013 chose the same number.
LENGTH = 800
ID_BYTES = 8
TOP_BIT = 1 << 63
# Nothing in the list is complete: a rebuild is under way. A trim or a backfill takes this marker
# away; the rebuild then finds it gone, and begins anew.
BUILDING = b"\xff" * ID_BYTES
_TOP = np.uint64(TOP_BIT)
_UNFINISHED = np.uint64(2 * TOP_BIT - 1)


@dataclass(frozen=True, slots=True)
class Window:
    """Every id of a timeline above `floor`, and none at or below it.

    `ids`: (n,) uint64, descending, unique. `floor`: 0 when the timeline ends here.
    """

    ids: Ids
    floor: int

    def before(self, cursor: int | None) -> "Window":
        """What stands below `cursor` (an id that is itself left out); all of it without one."""
        if cursor is None:
            return self
        return Window(self.ids[self.ids < np.uint64(cursor)], min(self.floor, cursor - 1))

    def newest(self, count: int) -> "Window":
        """The first `count` ids; the floor rises to the first that is left out."""
        if len(self.ids) <= count:
            return self
        return Window(self.ids[:count], int(self.ids[count]))


def marker(floor: int) -> bytes:
    """The element that says: every id above `floor` is in this list."""
    return (floor | TOP_BIT).to_bytes(ID_BYTES, "big")


def packed(window: Window) -> bytes:
    """A list or a string that `parse` reads: the marker, then the ids from the oldest on."""
    return marker(window.floor) + window.ids[::-1].astype(">u8").tobytes()


def parse(blob: bytes) -> Window | None:
    """The window in a list's elements, joined; None when its head is no marker, or says BUILDING:
    nobody has verified that it is complete."""
    elements = np.frombuffer(blob, ">u8").astype(np.uint64)
    if not len(elements) or elements[0] < _TOP or elements[0] == _UNFINISHED:
        return None
    return of(elements[elements < _TOP], floor=int(elements[0] - _TOP))


def of(ids: Ids, floor: int) -> Window:
    """A window of ids in any order, perhaps repeated, perhaps below the floor."""
    above = np.sort(ids[ids > np.uint64(floor)])
    is_new = np.append(True, above[1:] > above[:-1])[: len(above)]
    return Window(above[is_new][::-1], floor)


def merge(windows: Sequence[Window]) -> Window:
    """All of them as one: complete only above the greatest of their floors."""
    floor = max(window.floor for window in windows)
    return of(np.concatenate([window.ids for window in windows]), floor)
