"""What a backup leaves out: the mini Twitter's worlds, a gigabyte that is built again by itself.

Their tables are kept, empty; the partitions that a base world has of its own are not.
"""

import re
from collections.abc import Iterable

from django.db import connection

PREFIX = "twitter_"
OF_ONE_WORLD = re.compile(rf"{PREFIX}\w+_w\d+")
SEQUENCES = r"""SELECT sequencename, last_value FROM pg_sequences
WHERE schemaname = 'public' AND sequencename LIKE 'twitter\_%' AND last_value IS NOT NULL"""


def is_left_out(table: str) -> bool:
    return table.startswith(PREFIX)


def dump_options(tables: Iterable[str]) -> list[str]:
    """What pg_dump is told, given all tables of the schema public."""
    worlds = [table for table in tables if is_left_out(table)]
    return [
        f"--exclude-table{'' if OF_ONE_WORLD.fullmatch(table) else '-data'}=public.{table}"
        for table in worlds
    ]


def keep_sequences() -> bytes:
    """SQL that, after a restore, goes on where today's sequences are.

    Redis holds timelines by the id of a world: an id must not come to mean another world.
    """
    with connection.cursor() as cursor:
        cursor.execute(SEQUENCES)
        found: list[tuple[str, int]] = cursor.fetchall()
    return "".join(
        f"SELECT setval('public.{name}', {value:d}) FROM pg_sequences"  # noqa: S608 (our own)
        f" WHERE schemaname = 'public' AND sequencename = '{name}'"
        f" AND coalesce(last_value, 0) < {value:d};\n"
        for name, value in found
    ).encode()
