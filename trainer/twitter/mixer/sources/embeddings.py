"""Out-of-network by embeddings: the recent tweets nearest to the reader, exactly. Pure.

An overlay's vectors differ from the base's, and the recent tweets are few enough to look at all of
them. So the index (HNSW) is not asked here: it is compared in the bench.

Fails open, as the graph's source does.
"""

import numpy as np

from trainer.twitter.discovery.moved import Moved
from trainer.twitter.discovery.nearest import Recent, exact
from trainer.twitter.mixer.sources.outside import is_outside
from trainer.twitter.mixer.types import Fetched, Query


def fetch(recent: Recent, moved: Moved, query: Query, limit: int) -> Fetched:
    """At most `limit` tweets; the score is the cosine, the order that of `exact`."""
    without = np.append(query.following, query.account_id)
    # What the reader has used already is left out afterwards: so many more are asked for.
    found = exact(recent, moved, query.account_id, limit + len(query.engaged), without=without)
    outside = is_outside(moved.present, query, moved.present.rows(found.ids))
    return Fetched(found.ids[outside][:limit], found.similarity[outside][:limit])
