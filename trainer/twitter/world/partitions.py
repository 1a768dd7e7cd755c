"""The partitions that a base world has of its own: loaded as plain tables, indexed, then attached.

So loading needs no lock on what others read, builds each index once, and leaves with one DROP.
"""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection, Cursor
from psycopg.sql import SQL, Composed, Identifier, Literal

PARENTS = ["twitter_tweet", "twitter_engagement", "twitter_searchdocument"]
LEARNED = ["twitter_accountvector", "twitter_tweetvector"]  # filled after the world is ready
LOCK_TIMEOUT = "30s"  # attaching and dropping wait for whoever reads or writes the parents


def partition(parent: str, world_id: int) -> str:
    return f"{parent}_w{world_id:d}"


def create(cursor: Cursor[Any], parent: str, world_id: int) -> None:
    """An empty table like `parent`, without its indexes. The CHECK spares the attaching a look at
    every row."""
    cursor.execute(
        _sql(
            "CREATE TABLE {name} (LIKE {parent} INCLUDING DEFAULTS INCLUDING STORAGE,"
            " CONSTRAINT {check} CHECK (world_id = {id}))",
            parent,
            world_id,
        )
    )


def index(cursor: Cursor[Any], parent: str, world_id: int) -> None:
    """The indexes of `parent` on its partition, which attaching then finds and takes over."""
    cursor.execute(
        "SELECT indisprimary, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = %s::regclass",
        [parent],
    )
    for is_primary, definition in cursor.fetchall():
        rest = SQL(definition[definition.index(" USING ") :])
        if is_primary:
            start = "CREATE UNIQUE INDEX {key} ON {name}"
            cursor.execute(_sql(start, parent, world_id) + rest)
            cursor.execute(
                _sql("ALTER TABLE {name} ADD PRIMARY KEY USING INDEX {key}", parent, world_id)
            )
        else:
            cursor.execute(_sql("CREATE INDEX ON {name}", parent, world_id) + rest)


def attach(
    connection: Connection[Any], world_id: int, parents: Sequence[str] = tuple(PARENTS)
) -> None:
    """Make them part of their parents, all or none: a short transaction, as it keeps others from
    the overlays' rows."""
    with connection.transaction(), connection.cursor() as cursor:
        _wait_no_longer(cursor)
        for parent in parents:
            for statement in (
                "ALTER TABLE {parent} ATTACH PARTITION {name} FOR VALUES IN ({id})",
                "ALTER TABLE {name} DROP CONSTRAINT {check}",
            ):
                cursor.execute(_sql(statement, parent, world_id))


def drop(cursor: Cursor[Any], world_id: int, parents: Sequence[str] = (*PARENTS, *LEARNED)) -> None:
    """Drop the partitions, attached or not, within a transaction."""
    _wait_no_longer(cursor)
    for parent in parents:
        cursor.execute(_sql("DROP TABLE IF EXISTS {name}", parent, world_id))


def orphans(cursor: Cursor[Any]) -> list[int]:
    """Ids of worlds that are gone but have left a partition."""
    cursor.execute(
        "SELECT substring(relname FROM '[0-9]+$')::int FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        " AND relname ~ ANY (%s) EXCEPT SELECT id FROM twitter_world",
        [[f"^{parent}_w[0-9]+$" for parent in (*PARENTS, *LEARNED)]],
    )
    return [id for (id,) in cursor.fetchall()]


def _wait_no_longer(cursor: Cursor[Any]) -> None:
    cursor.execute(SQL("SET LOCAL lock_timeout = {}").format(LOCK_TIMEOUT))


def _sql(statement: str, parent: str, world_id: int) -> Composed:
    name = partition(parent, world_id)
    return SQL(statement).format(
        name=Identifier(name),
        key=Identifier(f"{name}_pkey"),
        check=Identifier(f"{name}_is_one_world"),
        parent=Identifier(parent),
        id=Literal(world_id),
    )
