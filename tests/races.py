"""Two things at the same moment, on connections of their own."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

from trainer.accounts.models import User

PATIENCE_S = 10.0
_WAITING = """
SELECT EXISTS (SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock')
"""


def in_a_thread(pool: ThreadPoolExecutor, call: Callable[[], Any]) -> "Future[Any]":
    """With a connection of its own."""

    def one() -> Any:
        try:
            return call()
        finally:
            connection.close()

    return pool.submit(one)


def meanwhile(first: Callable[[], Any], second: Callable[[], Any], last: Callable[[], Any]) -> Any:
    """`first` and `last` in one transaction; between them `second` begins, as far as it comes.
    What came of `second`."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            future = in_a_thread(pool, second)
            end = time.monotonic() + PATIENCE_S
            while not (waits_for_a_lock() or future.done()) and time.monotonic() < end:
                time.sleep(0.01)
            last()
        return future.result()


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        (found,) = cursor.fetchone()
    return bool(found)


def locks(person: User) -> Callable[[], Any]:
    """As a sign-in does first that takes a guest's rows along, and so does a deletion."""
    return lambda: User.objects.select_for_update().get(pk=person.pk)
