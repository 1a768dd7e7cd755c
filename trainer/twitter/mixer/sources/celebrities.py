"""Celebrities: what followed accounts that are too big to push posted, pulled at the read.

Fails open: what was pushed is still a timeline, and the answer says that these are missing.
"""

from redis import Redis

from trainer.twitter.graph.packed import DTYPE
from trainer.twitter.mixer.sources.newest import newest
from trainer.twitter.mixer.types import Fetched, Query
from trainer.twitter.timelines import chronology
from trainer.twitter.timelines.pulled import pulled
from trainer.twitter.world.value import World


def fetch(redis: Redis | None, world: World, query: Query, limit: int) -> Fetched:
    """The newest `limit` pulled entries by whom the reader follows. `redis` None: from Postgres.

    Raises as `pulled`.
    """
    authors = query.following.astype(DTYPE)
    if redis is None:
        return newest([chronology.pulled(level, authors) for level in world.lineage], limit)
    windows = pulled(redis, world.root.id, authors).windows
    if world.is_overlay:
        windows = [*windows, chronology.pulled(world.id, authors)]
    return newest(windows, limit)
