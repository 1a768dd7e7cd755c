"""The two lists of a reader in an overlay: what each holds, and reading both.

The base's list holds the base's push-stamped tweets by those whom the reader follows in the base;
all overlays share it. The overlay's list holds its own, by those followed now, and the base's by
those followed only there.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from redis import Redis

from trainer.twitter import keys
from trainer.twitter.graph.selectors import following
from trainer.twitter.timelines.chronology import pushed
from trainer.twitter.timelines.lists import read
from trainer.twitter.timelines.rebuild import rebuild
from trainer.twitter.timelines.window import LENGTH, Window, merge
from trainer.twitter.world.value import World


@dataclass(frozen=True, slots=True)
class Lists:
    """A window for each level; `rebuilt`: how many of them this call rebuilt itself."""

    windows: list[Window]
    rebuilt: int


def home_lists(redis: Redis, world: World, account_id: int) -> Lists:
    """The reader's lists, all verified, from one script call when they were so already.

    Raises StillMissing, RedisError.
    """
    found = read(redis, [keys.home(level, account_id) for level in world.lineage])
    windows, rebuilt = [], 0
    for level, window in zip(world.lineage, found, strict=True):
        if window is None:
            take = partial(snapshot, redis, world, level, account_id)
            done = rebuild(redis, level, account_id, take)
            window, rebuilt = done.window, rebuilt + done.by_us
        windows.append(window)
    return Lists(windows, rebuilt)


def snapshot(redis: Redis, world: World, level: int, account_id: int) -> Window:
    """What the list of `level` (one of the world's lineage) should hold now, from Postgres."""
    in_base = following(redis, world.root, account_id)
    if level == world.root.id:
        return pushed(level, in_base)
    now = following(redis, world, account_id)
    only_here = np.setdiff1d(now, in_base, assume_unique=True)
    return merge([pushed(level, now), pushed(world.root.id, only_here)]).newest(LENGTH)
