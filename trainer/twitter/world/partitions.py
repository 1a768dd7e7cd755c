"""The partitions that a base world has of its own: loaded as plain tables, indexed, then attached.

So loading needs no lock on what others read, builds each index once, and leaves with one DROP.
"""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection, Cursor
from psycopg.sql import SQL, Composed, Identifier, Literal

PARENTS = ["twitter_tweet", "twitter_engagement", "twitter_searchdocument"]
LEARNED = ["twitter_accountvector", "twitter_tweetvector"]  # filled after the world is ready
ASIDE = "_aside"
LOCK_TIMEOUT = "30s"  # attaching and dropping wait for whoever reads or writes the parents


def partition(parent: str, world_id: int, *, aside: bool = False) -> str:
    """`aside`: one that is made to take the place of another."""
    return f"{parent}{ASIDE if aside else ''}_w{world_id:d}"


def create(cursor: Cursor[Any], parent: str, world_id: int, *, aside: bool = False) -> None:
    """An empty table like `parent`, without its indexes. The CHECK spares the attaching a look at
    every row."""
    cursor.execute(
        _sql(
            "CREATE TABLE {name} (LIKE {parent} INCLUDING DEFAULTS INCLUDING STORAGE,"
            " CONSTRAINT {check} CHECK (world_id = {id}))",
            parent,
            world_id,
            aside,
        )
    )


def index(cursor: Cursor[Any], parent: str, world_id: int, *, aside: bool = False) -> None:
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
            cursor.execute(_sql(start, parent, world_id, aside) + rest)
            take = "ALTER TABLE {name} ADD PRIMARY KEY USING INDEX {key}"
            cursor.execute(_sql(take, parent, world_id, aside))
        else:
            cursor.execute(_sql("CREATE INDEX ON {name}", parent, world_id, aside) + rest)


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


def replace(connection: Connection[Any], world_id: int, parents: Sequence[str]) -> None:
    """Put the tables that were made aside in the place of the partitions, if there were any, all or
    none: a short transaction, which waits for those who read the older ones."""
    with connection.transaction(), connection.cursor() as cursor:
        _wait_no_longer(cursor)
        for parent in parents:
            for statement in (
                "DROP TABLE IF EXISTS {taken}",
                "ALTER TABLE {name} RENAME CONSTRAINT {check} TO {taken_check}",
                "ALTER TABLE {name} RENAME CONSTRAINT {key} TO {taken_key}",
                "ALTER TABLE {name} RENAME TO {taken}",
            ):
                cursor.execute(_sql(statement, parent, world_id, aside=True))
        attach(connection, world_id, parents)


def drop(cursor: Cursor[Any], world_id: int, parents: Sequence[str] = (*PARENTS, *LEARNED)) -> None:
    """Drop the partitions, attached or not or aside, within a transaction."""
    _wait_no_longer(cursor)
    for parent in parents:
        cursor.execute(_sql("DROP TABLE IF EXISTS {name}", parent, world_id))
    drop_aside(cursor, world_id, parents)


def drop_aside(cursor: Cursor[Any], world_id: int, parents: Sequence[str]) -> None:
    """Drop what was being made to take the place of partitions, and was not finished."""
    for parent in parents:
        cursor.execute(_sql("DROP TABLE IF EXISTS {name}", parent, world_id, aside=True))


def orphans(cursor: Cursor[Any]) -> list[int]:
    """Ids of worlds that are gone but have left a partition."""
    cursor.execute(
        "SELECT substring(relname FROM '[0-9]+$')::int FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        " AND relname ~ ANY (%s) EXCEPT SELECT id FROM twitter_world",
        [[f"^{parent}({ASIDE})?_w[0-9]+$" for parent in (*PARENTS, *LEARNED)]],
    )
    return [id for (id,) in cursor.fetchall()]


def _wait_no_longer(cursor: Cursor[Any]) -> None:
    cursor.execute(SQL("SET LOCAL lock_timeout = {}").format(LOCK_TIMEOUT))


def _sql(statement: str, parent: str, world_id: int, aside: bool = False) -> Composed:
    name, taken = partition(parent, world_id, aside=aside), partition(parent, world_id)
    return SQL(statement).format(
        name=Identifier(name),
        key=Identifier(f"{name}_pkey"),
        check=Identifier(f"{name}_is_one_world"),
        taken=Identifier(taken),
        taken_key=Identifier(f"{taken}_pkey"),
        taken_check=Identifier(f"{taken}_is_one_world"),
        parent=Identifier(parent),
        id=Literal(world_id),
    )
