"""Locks on what has no row that could be locked."""

from django.db import connection


def one_at_a_time(what: str, *ids: int) -> None:
    """Within a transaction: wait until nobody else holds the lock of this name and these ids, and
    hold it to the end. Who holds it already does not wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [":".join([what, *map(str, ids)])],
        )
