"""Writing a base world's vectors into its partitions, while readers go on with the older ones.

The tables are made and indexed aside, and then take the older ones' place in one short transaction.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from trainer.twitter.columns.log import TweetColumns
from trainer.twitter.discovery.leading import Watch
from trainer.twitter.discovery.learning import DIMENSIONS
from trainer.twitter.discovery.links import Matrix
from trainer.twitter.discovery.vectors import Vectors
from trainer.twitter.world import partitions
from trainer.twitter.world.copying import FLOAT8, INT2, INT4, INT8, Fixed
from trainer.twitter.world.partitions import LEARNED
from trainer.twitter.world.sending import copy

ACCOUNTS, TWEETS = LEARNED
# An HNSW index that does not fit is built on disk, many times slower; 270,000 vectors take 150 MB.
INDEX_MEMORY = "512MB"
_VECTOR = np.dtype([("dimensions", INT2), ("unused", INT2), ("numbers", ">f4", DIMENSIONS)])
SENT = f"V{_VECTOR.itemsize}"


def write(
    link: Connection[Any],
    world_id: int,
    tweets: TweetColumns,
    vectors: Vectors,
    watch: Watch = lambda _: None,
) -> None:
    """Replace the base's vectors by these: of all accounts, and of the tweets that somebody liked.

    `tweets`: the columns that `vectors` are of. `watch` hears now and then what share (0 to 1) is
    done. Only one process may do so for a base at a time.
    """
    with link.transaction(), link.cursor() as cursor:
        partitions.drop_aside(cursor, world_id, LEARNED)
        for parent in LEARNED:
            partitions.create(cursor, parent, world_id, aside=True)
    _fill(link, ACCOUNTS, world_id, *_accounts(world_id, vectors))
    watch(0.15)
    _fill(link, TWEETS, world_id, *_tweets(world_id, tweets, vectors))
    watch(0.95)
    partitions.replace(link, world_id, LEARNED)
    with link.cursor() as cursor:
        for parent in LEARNED:
            name = Identifier(partitions.partition(parent, world_id))
            cursor.execute(SQL("ANALYZE {}").format(name))


def _fill(link: Connection[Any], parent: str, world_id: int, count: int, columns: Fixed) -> None:
    """One table aside, with its indexes. Truncated first, as only so its rows can be frozen."""
    table = partitions.partition(parent, world_id, aside=True)
    with link.transaction(), link.cursor() as cursor:
        cursor.execute(SQL("TRUNCATE {}").format(Identifier(table)))
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, true)", [INDEX_MEMORY])
        copy(cursor, table, count, columns, freeze=True)
        partitions.index(cursor, parent, world_id, aside=True)


def _accounts(world_id: int, vectors: Vectors) -> tuple[int, Fixed]:
    count = len(vectors.accounts)
    return count, {
        "world_id": (INT4, world_id),
        "account_id": (INT4, np.arange(1, count + 1)),
        "vector": (SENT, _sent(vectors.accounts)),
    }


def _tweets(world_id: int, tweets: TweetColumns, vectors: Vectors) -> tuple[int, Fixed]:
    liked = np.flatnonzero(vectors.likers > 0)
    return len(liked), {
        "world_id": (INT4, world_id),
        "tweet_id": (INT8, tweets.id[liked]),
        "likers": (FLOAT8, vectors.likers[liked]),
        "vector": (SENT, _sent(vectors.tweets[liked])),
    }


def _sent(rows: Matrix) -> NDArray[np.void]:
    """(n,) vectors as pgvector receives them: how many numbers, nothing, the numbers."""
    sent = np.zeros(len(rows), dtype=_VECTOR)
    sent["dimensions"] = DIMENSIONS
    sent["numbers"] = rows
    return sent.view(SENT)
