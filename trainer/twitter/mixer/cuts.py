"""Which candidates the light ranker leaves to the heavy one. Pure."""

import numpy as np

from trainer.twitter.mixer.types import Candidates, Dropped, Outcome, Part, Query
from trainer.twitter.world.population import Bools, Ints

REASON = "below the cut"


def cut(query: Query, candidates: Candidates) -> Outcome:
    """The best of each side, as many as `sizes.ranked` in all, in the order in which they came."""
    sizes = query.sizes
    room = sides(sizes.ranked, sizes.discovery, candidates.in_network)
    kept = places(candidates) < np.where(candidates.in_network, *room)
    if kept.all():
        return Outcome(candidates)
    return Outcome(candidates.take(kept), (Dropped(candidates.id[~kept], REASON),))


def sides(room: int, discovery: float, in_network: Bools) -> tuple[int, int]:
    """How many in-network and how many out-of-network candidates have room.

    `discovery` (0 to 1) is the share of the out-of-network ones, rounded down; where one side is
    short, the other takes its room. But who asks for none (0) gets none.
    """
    ins = int(np.count_nonzero(in_network))
    outs = len(in_network) - ins
    # A product such as 200 x 0.29 comes out a hair below the whole number that it is.
    share = int(room * discovery + 1e-9)
    if discovery > 0:
        share = max(share, room - ins)
    chosen_out = min(outs, share)
    return min(ins, room - chosen_out), chosen_out


def places(candidates: Candidates) -> Ints:
    """(n,): of each how many of its own side (in-network or not) are better."""
    order = candidates.best_first()
    is_in = candidates.in_network[order]
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.where(is_in, np.cumsum(is_in), np.cumsum(~is_in)) - 1
    return place


CUT = Part("cut", cut)
