"""The naive way to a home page, which `bench read` compares with: fetch every list whole, load
every tweet in them, merge and sort in Python, show fifty.

Its lists hold decimal ids, as one would have them. It is spared what ours does besides: it knows
whom the reader follows, asks for no change of the overlay, and counts on nothing being deleted.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from redis import Redis

from trainer.twitter.graph.selectors import following
from trainer.twitter.timelines.chronology import pulled_by_author, pushed
from trainer.twitter.timelines.window import Window
from trainer.twitter.tweets.models import Kind
from trainer.twitter.world.value import World

_HYDRATE = """
SELECT t.id, t.author_id, a.handle, a.name, t.kind, t.text, t.retweet_of, t.original_author_id,
       t.like_count, t.retweet_count, t.reply_count, t.bookmark_count, t.click_count
  FROM twitter_tweet t JOIN twitter_account a ON a.world_id = t.world_id AND a.id = t.author_id
 WHERE t.world_id = %s AND t.id = ANY(%s)
"""
# What a page shows of an entry: its id, handle, text, and the original's where it is a retweet.
Shown = tuple[int, str, str, str | None, str | None]


@dataclass
class NaiveReader:
    """One reader's lists, filled at once; `page` reads one, `remove` deletes the lists."""

    redis: Redis
    world: World
    account_id: int
    celebrities: Sequence[int]
    followees: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        base = self.world.root.id
        followees = following(None, self.world, self.account_id)
        self.followees = frozenset(followees.tolist())
        self._fill(self._home, pushed(base, followees))
        for author, window in pulled_by_author(base, self.celebrities).items():
            self._fill(self._pulled(author), window)

    @property
    def _home(self) -> str:
        return f"bench-read:{self.world.id}:home:{self.account_id}"

    def _pulled(self, author_id: int) -> str:
        return f"bench-read:{self.world.id}:pulled:{author_id}"

    def _keys(self) -> list[str]:
        return [self._home, *map(self._pulled, self.celebrities)]

    def _fill(self, key: str, window: Window) -> None:
        self.redis.delete(key)
        self.redis.rpush(key, *window.ids.tolist())

    def remove(self) -> None:
        self.redis.delete(*self._keys())

    def page(self, limit: int) -> list[Shown]:
        with self.redis.pipeline(transaction=False) as pipe:
            for key in self._keys():
                pipe.lrange(key, 0, -1)
            listed = pipe.execute()
        ids = {int(element) for elements in listed for element in elements}
        rows = sorted(self._hydrate(ids), reverse=True)
        page = self._canonical(rows)[:limit]
        originals = {row[0]: row for row in self._hydrate(row[6] for row in page if row[6])}
        return [_shown(row, originals.get) for row in page]

    def _hydrate(self, ids: Iterable[int]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(_HYDRATE, [self.world.root.id, list(ids)])
            return list(cursor.fetchall())

    def _canonical(self, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        kept, seen = [], set()
        for row in rows:
            if row[4] == Kind.RETWEET:
                if row[7] in self.followees or row[7] == self.account_id or row[6] in seen:
                    continue
                seen.add(row[6])
            kept.append(row)
        return kept


def _shown(row: tuple[Any, ...], original: Callable[[int], tuple[Any, ...] | None]) -> Shown:
    shown = original(row[6]) if row[6] else None
    return row[0], row[2], row[5], *((shown[2], shown[5]) if shown else (None, None))
