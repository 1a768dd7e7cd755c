"""What a base world takes in Postgres."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from trainer.twitter.world.partitions import LEARNED, PARENTS, partition
from trainer.twitter.world.seeding import TABLES


@dataclass(frozen=True, slots=True)
class Size:
    """`rows` of the world; `size_bytes` of the table with its indexes and long values, which other
    worlds share where the table has no partition of the world's own."""

    table: str
    rows: int
    size_bytes: int


ARRAYS = """
SELECT count(*), coalesce(sum(octet_length(body)), 0)
  FROM twitter_artefactarray JOIN twitter_artefact made ON made.id = artefact_id
 WHERE world_id = %s
"""


def sizes(world_id: int) -> Iterator[Size]:
    """Every table that seeding fills, the shared ones first; then what was learned from the world,
    as far as it is there: vectors, and the arrays of artefacts (of these, the arrays alone)."""
    own = [(parent, partition(parent, world_id)) for parent in (*PARENTS, *LEARNED)]
    for name, table in [*((table, table) for table in TABLES), *own]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
            if cursor.fetchone() == (True,):
                cursor.execute(
                    f"SELECT count(*), pg_total_relation_size(%s) FROM {table}"  # noqa: S608
                    " WHERE world_id = %s",
                    [table, world_id],
                )
                yield Size(name, *cursor.fetchone())
    with connection.cursor() as cursor:
        cursor.execute(ARRAYS, [world_id])
        rows, size_bytes = cursor.fetchone()
    if rows:
        yield Size("twitter_artefactarray", rows, int(size_bytes))
