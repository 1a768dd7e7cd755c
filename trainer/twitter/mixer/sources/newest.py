"""The newest of several windows. Pure."""

from collections.abc import Sequence

import numpy as np

from trainer.twitter.mixer.types import Fetched
from trainer.twitter.timelines.window import Window


def newest(windows: Sequence[Window], limit: int) -> Fetched:
    """The newest `limit` ids of all, each once; a source in order of time scores nothing.

    Floors do not matter: a ranker wants recent candidates, not a timeline without gaps.
    """
    nothing = np.empty(0, np.uint64)
    ids = np.unique(np.concatenate([nothing, *(window.ids for window in windows)]))[::-1][:limit]
    return Fetched(ids.astype(np.int64), np.zeros(len(ids), np.float32))
