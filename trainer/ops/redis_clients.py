"""Clients of the two Redis servers, for asking whether they are there."""

from functools import lru_cache

from django.conf import settings
from redis import Redis

TIMEOUT_S = 1.0


def broker() -> Redis:
    """The broker's, by Celery's way of writing a unix socket's URL too."""
    scheme, _, rest = settings.CELERY_BROKER_URL.partition("://")
    if scheme == "redis+socket":
        return client("unix://" + rest.replace("virtual_host=", "db="))
    return client(settings.CELERY_BROKER_URL)


def rebuildable() -> Redis:
    return client(settings.REDIS_URL)


@lru_cache
def client(url: str) -> Redis:
    """A client with short timeouts, one per address and process."""
    return Redis.from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S)
