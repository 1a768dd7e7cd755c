"""Clients of the two Redis servers. None waits longer than a second for an answer, none retries.

The rebuildable one may be a cluster: `redis+cluster://host:6379`, or `rediss+cluster://`.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from redis import Redis
from redis.backoff import NoBackoff
from redis.cluster import RedisCluster
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisClusterException
from redis.retry import Retry

TIMEOUT_S = 1.0
ONCE = Retry(NoBackoff(), 0)  # redis-py's own way is ten more times, a timeout each
CLUSTER = "+cluster://"

P = ParamSpec("P")
R = TypeVar("R")


def broker() -> Redis:
    """The broker's."""
    return client(broker_url())


def broker_url() -> str:
    """The broker's address as redis-py reads it: Celery writes a unix socket's otherwise."""
    scheme, _, rest = settings.CELERY_BROKER_URL.partition("://")
    if scheme == "redis+socket":
        return "unix://" + rest.replace("virtual_host=", "db=")
    return str(settings.CELERY_BROKER_URL)


def rebuildable() -> Redis:
    """The one for what can be built again: timelines, counts, caches."""
    return client(settings.REDIS_URL)


@lru_cache
def client(url: str) -> Redis:
    """The client of one address, the same one in all threads of a process. It connects at its
    first command, and whatever is away is a RedisError of the command.

    A cluster's has the same commands and is typed as one node's; its keys must share a slot
    within a script or a transaction.
    """
    if CLUSTER in url:
        # Making one asks a node for the slots at once: so it is made when it is first used.
        return cast(Redis, SimpleLazyObject(lambda: _cluster(url.replace(CLUSTER, "://"))))
    return Redis.from_url(
        url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S, retry=ONCE
    )


def _cluster(url: str) -> RedisCluster:
    made = _named_error(RedisCluster.from_url)(
        url,
        socket_timeout=TIMEOUT_S,
        socket_connect_timeout=TIMEOUT_S,
        retry=ONCE,  # a redirection is no retry
    )
    nodes = made.nodes_manager
    nodes.initialize = _named_error(nodes.initialize)  # type: ignore[method-assign]
    return made


def _named_error(call: Callable[P, R]) -> Callable[P, R]:
    """A cluster with no node left raises an exception that is no RedisError: make it one."""

    @wraps(call)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except RedisClusterException as error:
            raise RedisConnectionError(str(error)) from error

    return wrapped
