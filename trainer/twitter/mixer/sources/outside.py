"""What discovery may show: nothing that reaches the reader anyway, or has done so. Pure."""

import numpy as np

from trainer.twitter.columns.present import Present
from trainer.twitter.mixer.filters import among
from trainer.twitter.mixer.types import Query
from trainer.twitter.world.population import Bools, Ints


def is_outside(present: Present, query: Query, rows: Ints) -> Bools:
    """Which tweets (rows (n,)) are by nobody whom the reader follows, nor by the reader, and have
    not been liked, answered or otherwise used by them: (n,)."""
    authors = present.authors(rows)
    is_known: Bools = among(authors, query.following) | (authors == query.account_id)
    return ~(is_known | among(present.ids(rows), query.engaged))


def interleaved(first: Ints, second: Ints) -> Ints:
    """Both in turn, each value once, at its first place: when one ends, the rest of the other."""
    values = np.concatenate([first, second])
    turn = np.concatenate([2 * np.arange(len(first)), 2 * np.arange(len(second)) + 1])
    in_turn = values[np.argsort(turn)]
    _, places = np.unique(in_turn, return_index=True)
    return in_turn[np.sort(places)]
