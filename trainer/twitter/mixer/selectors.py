"""Which candidates are served, and in what order. Pure.

Three rules, the first above the second and the second above the third:
1. Never more than two out-of-network tweets in a row, whatever the share and whoever reads. So the
   most that a page of r can hold is (2r + 2) / 3 of them, and a reader who follows nobody gets two.
2. Of the out-of-network ones the share `sizes.discovery`; where one side is short, the other takes
   its room. But who asks for none (0) gets none.
3. The highest score first. A lower one goes ahead only where otherwise those that are still to come
   could not all be placed.
"""

import numpy as np
from numpy.typing import NDArray

from trainer.twitter.mixer.cuts import places, sides
from trainer.twitter.mixer.types import Candidates, Dropped, Outcome, Part, Query
from trainer.twitter.world.population import Bools

IN_A_ROW = 2
BELOW, SHARE, ROW = "below the cut", "over the share", "third out-of-network in a row"


def select(query: Query, candidates: Candidates) -> Outcome:
    """Up to `sizes.served`, in the order in which they are read."""
    room, is_in = query.sizes.served, candidates.in_network
    shared = sides(room, query.sizes.discovery, is_in)
    allowed = in_rows(room, int(np.count_nonzero(is_in)), shared)
    place = places(candidates)
    is_chosen = place < np.where(is_in, *allowed)
    order = candidates.best_first()
    chosen = order[is_chosen[order]]
    dropped = _dropped(candidates, order[:room], is_chosen, place < np.where(is_in, *shared))
    return Outcome(candidates.take(chosen[spread(is_in[chosen])]), dropped)


def in_rows(room: int, ins: int, shared: tuple[int, int]) -> tuple[int, int]:
    """How many of each side the rule of rows leaves of those that their shares allow: between, and
    before and after, i in-network ones there is place for 2 (i + 1) others."""
    outs = min(shared[1], IN_A_ROW * (min(ins, room) + 1), IN_A_ROW * (room + 1) // (IN_A_ROW + 1))
    return min(ins, room - outs), outs


def spread(is_in: Bools) -> NDArray[np.intp]:
    """In what order to place n chosen ones, best first, so that no three out-of-network ones
    follow one another: as it is, but for the fewest that must move. There is such an order."""
    ins, outs = np.flatnonzero(is_in).tolist(), np.flatnonzero(~is_in).tolist()
    placed: list[int] = []
    i = o = row = 0
    while i < len(ins) or o < len(outs):
        left_in, left_out = len(ins) - i, len(outs) - o
        may_be_out = left_out > 0 and row < IN_A_ROW
        # An in-network one now leaves one fewer to part the others.
        must_be_out = left_out > IN_A_ROW * left_in
        is_out = may_be_out and (must_be_out or not left_in or outs[o] < ins[i])
        if is_out:
            placed.append(outs[o])
            o, row = o + 1, row + 1
        else:
            placed.append(ins[i])
            i, row = i + 1, 0
    return np.array(placed, dtype=np.intp)


def _dropped(
    candidates: Candidates, best: NDArray[np.intp], is_chosen: Bools, is_shared: Bools
) -> tuple[Dropped, ...]:
    """Why the others were not chosen: they were not among the best, or else by which rule."""
    is_best = np.zeros(len(candidates), dtype=bool)
    is_best[best] = True
    masks = {
        BELOW: ~is_chosen & ~is_best,
        SHARE: ~is_chosen & is_best & ~is_shared,
        ROW: ~is_chosen & is_best & is_shared,
    }
    return tuple(Dropped(candidates.id[mask], reason) for reason, mask in masks.items())


SELECT = Part("select", select)
