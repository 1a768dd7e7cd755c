"""What a base world takes in Postgres."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from trainer.twitter.world.partitions import PARENTS, partition
from trainer.twitter.world.seeding import TABLES


@dataclass(frozen=True, slots=True)
class Size:
    """`rows` of the world; `size_bytes` of the table with its indexes and long values, which other
    worlds share where the table has no partition of the world's own."""

    table: str
    rows: int
    size_bytes: int


def sizes(world_id: int) -> Iterator[Size]:
    """Every table that seeding fills, the shared ones first."""
    shared = [(table, table) for table in TABLES]
    for name, table in [*shared, *((name, partition(name, world_id)) for name in PARENTS)]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*), pg_total_relation_size(%s) FROM {table}"  # noqa: S608
                " WHERE world_id = %s",
                [table, world_id],
            )
            yield Size(name, *cursor.fetchone())
