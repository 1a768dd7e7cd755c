"""In-network: what was pushed to the reader's own lists. Without Redis the same from Postgres.

Fails loud. Without it a reader who follows five hundred accounts would be shown strangers and
celebrities as if the others were silent. The chronological timeline, found in another way, is the
better answer.
"""

from redis import Redis

from trainer.twitter.columns.log import NONE
from trainer.twitter.columns.present import Present
from trainer.twitter.graph.packed import DTYPE
from trainer.twitter.mixer.filters import among
from trainer.twitter.mixer.sources.newest import newest
from trainer.twitter.mixer.types import Fetched, Query
from trainer.twitter.timelines import chronology
from trainer.twitter.timelines.levels import home_lists
from trainer.twitter.timelines.window import Window
from trainer.twitter.world.value import World


def fetch(redis: Redis | None, world: World, present: Present, query: Query, limit: int) -> Fetched:
    """The newest `limit` pushed entries, of base and overlay. `redis` None: from Postgres.

    Raises as `home_lists`.
    """
    windows = _windows(redis, world, query)
    if not world.is_overlay:
        return newest(windows, limit)
    # All overlays share the base's list, where those still stand who are followed here no more.
    found = newest(windows, sum(len(window.ids) for window in windows))
    rows = present.rows(found.ids)
    is_followed = among(present.authors(rows), query.following) & (rows != NONE)
    return Fetched(found.ids[is_followed][:limit], found.score[is_followed][:limit])


def _windows(redis: Redis | None, world: World, query: Query) -> list[Window]:
    if redis is not None:
        return home_lists(redis, world, query.account_id).windows
    authors = query.following.astype(DTYPE)
    return [chronology.pushed(level, authors) for level in world.lineage]
