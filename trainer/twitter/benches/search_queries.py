"""How long queries take, by kind of word and order; and the ways not taken."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial

from django.db import connection, transaction

from trainer.lib.benchmark import CannotMeasure, Case, percentile
from trainer.twitter.benches.search_world import ACCOUNTS, HASHTAGS, VOCABULARY
from trainer.twitter.search.selectors import Order, search
from trainer.twitter.world import partitions
from trainer.twitter.world.value import World

QUERIES_A_ROUND = 40
LIKE_QUERIES_A_ROUND = 2
LOADED = 10_000  # documents: a pending list of 4 MB, Postgres's limit

_LIKE = """
SELECT id FROM twitter_tweet
 WHERE world_id = %s AND kind <> 3 AND NOT is_deleted AND text ILIKE %s
 ORDER BY id DESC LIMIT 20
"""


def text_of(kind: str, draw: random.Random) -> str:
    """A query of this kind, for the words of search_world."""
    match kind:
        case "rare":
            return f"w{draw.randrange(20_000, VOCABULARY)}"
        case "common":
            return f"w{draw.randrange(1, 9)}"
        case "phrase":
            return f'"w{draw.randrange(1, 40)} w{draw.randrange(1, 40)}"'
        case "from":
            return f"from:a{draw.randrange(1, ACCOUNTS + 1)}"
        case "hashtag":
            return f"#t{draw.randrange(1, HASHTAGS)}"
        case _:
            raise ValueError(kind)


KINDS = ("rare", "common", "phrase", "from", "hashtag")


class Timed:
    """Cases that keep every time (ms) they took, by name."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ms: dict[str, list[float]] = defaultdict(list)
        self._draw = random.Random(1)  # noqa: S311 (the same queries every time)

    def cases(self) -> dict[str, Case]:
        """Each gives the median of its round, in ms."""
        made: dict[str, Case] = {
            f"{kind} {order}": self._case(f"{kind} {order}", kind, order)
            for kind in KINDS
            for order in Order
        }
        return made | {"rare ILIKE": self._like}

    def _case(self, name: str, kind: str, order: Order) -> Case:
        def case() -> float:
            texts = [text_of(kind, self._draw) for _ in range(QUERIES_A_ROUND)]
            return self._median(
                name, [partial(search, self.world, text, order=order) for text in texts]
            )

        return case

    def _like(self) -> float:
        """The same as a scan of the texts finds, which is checked."""
        words = [text_of("rare", self._draw) for _ in range(LIKE_QUERIES_A_ROUND)]
        for word in words:
            if [hit.tweet_id for hit in search(self.world, word).hits] != _like(self.world, word):
                raise CannotMeasure(f"ILIKE and the search disagree about {word!r}: mend that.")
        return self._median("rare ILIKE", [partial(_like, self.world, word) for word in words])

    def _median(self, name: str, calls: Sequence[Callable[[], object]]) -> float:
        taken = [_ms(call) for call in calls]
        self.ms[name] += taken
        return percentile(taken, 50)


def _like(world: World, word: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, [world.id, f"%{word}%"])
        return [tweet_id for (tweet_id,) in cursor.fetchall()]


def _ms(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def after_load(world: World, fastupdate: str, query_ms: list[float]) -> float:
    """Documents written a second into an inverted index with `fastupdate` on or off; and into
    `query_ms` how long each of the next ten queries took."""
    source = partitions.partition("twitter_searchdocument", world.root.id)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("CREATE TEMP TABLE loaded (tsv tsvector) ON COMMIT DROP")
        cursor.execute(f"CREATE INDEX ON loaded USING gin (tsv) WITH (fastupdate = {fastupdate})")
        written_ms = _ms(
            lambda: cursor.execute(
                f"INSERT INTO loaded SELECT tsv FROM {source} LIMIT %s",  # noqa: S608
                [LOADED],
            )
        )
        for number in range(10):
            word = f"w{30_000 + number}"
            asked = "SELECT count(*) FROM loaded WHERE tsv @@ %s::tsquery"
            query_ms.append(_ms(partial(cursor.execute, asked, [word])))
    return LOADED / written_ms * 1000
