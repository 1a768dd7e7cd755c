"""Out-of-network by embeddings: the recent tweets nearest to the reader, exactly. Pure.

An overlay's vectors differ from the base's, and the recent tweets are few enough to look at all of
them. So the index (HNSW) is not asked here: it is compared in the bench.

Fails open, as the graph's source does.
"""

from trainer.twitter.discovery.moved import Moved
from trainer.twitter.discovery.nearest import Recent, exact
from trainer.twitter.mixer.sources.outside import Outside
from trainer.twitter.mixer.types import Fetched, Query


def fetch(recent: Recent, moved: Moved, outside: Outside, query: Query, limit: int) -> Fetched:
    """At most `limit` tweets; the score is the cosine, the order that of `exact`."""
    found = exact(recent, moved, query.account_id, limit, only=outside.may_show)
    return Fetched(found.ids, found.similarity)
