"""One COPY from columns into a table."""

from collections.abc import Iterable, Mapping
from typing import Any

from psycopg import Cursor
from psycopg.sql import SQL, Identifier

from trainer.twitter.world.copying import Fixed, rows


def copy(
    cursor: Cursor[Any],
    table: str,
    count: int,
    fixed: Fixed,
    varying: Mapping[str, Iterable[bytes]] | None = None,
    *,
    freeze: bool = False,
) -> None:
    """`freeze`: the rows are old from the start, so that no vacuum has to come back to them; only
    into a table made in the same transaction."""
    varying = varying or {}
    columns = SQL(", ").join(Identifier(name) for name in (*fixed, *varying))
    statement = SQL("COPY {} ({}) FROM STDIN (FORMAT binary, FREEZE {})")
    with cursor.copy(
        statement.format(Identifier(table), columns, SQL("true" if freeze else "false"))
    ) as sink:
        for chunk in rows(count, fixed, list(varying.values())):
            sink.write(chunk)
