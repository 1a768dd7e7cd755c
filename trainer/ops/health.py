"""What the site needs, asked one by one with short timeouts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, connection
from redis import RedisError

from trainer.ops import heartbeat
from trainer.resilience import redis_clients

STALE_S = 3 * heartbeat.INTERVAL_S

UP, DOWN = "up", "down"


def report() -> dict[str, str]:
    """`up` or `down` for each part: postgres, redis, broker, worker. Says nothing else of them."""
    checks: dict[str, Callable[[], bool]] = {
        "redis": lambda: bool(redis_clients.rebuildable().ping()),
        "broker": lambda: bool(redis_clients.broker().ping()),
        "worker": _worker_is_alive,
    }
    with ThreadPoolExecutor(len(checks)) as pool:
        asked = {name: pool.submit(_answers, check) for name, check in checks.items()}
        found = {"postgres": _answers(_database_answers)}  # in the request's own thread
        found |= {name: future.result() for name, future in asked.items()}
    return {name: UP if up else DOWN for name, up in found.items()}


def _answers(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, RedisError, OSError):
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _worker_is_alive() -> bool:
    age = heartbeat.age_s(redis_clients.rebuildable())
    return age is not None and age < STALE_S
