"""One node and a cluster, up and away, by the client that everybody uses."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis, RedisError
from redis.cluster import RedisCluster
from redis.crc import key_slot

from tests.resilience.valkeys import Valkey
from tests.runtime.processes import eventually, free_port
from trainer.accounts import throttle
from trainer.ops import health, heartbeat
from trainer.resilience import redis_clients
from trainer.resilience.scripts import get_many

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Valkey]]:
    """Three nodes, each of which has a third of the slots."""
    nodes = []
    for _ in range(3):
        node = Valkey(tmp_path_factory.mktemp("node"), cluster_port())
        node.start("--cluster-enabled", "yes")
        nodes.append(node)
    first = nodes[0]
    for n, node in enumerate(nodes):
        with Redis(port=node.port) as redis:
            redis.execute_command("CLUSTER ADDSLOTSRANGE", n * 16384 // 3, (n + 1) * 16384 // 3 - 1)
            redis.execute_command("CLUSTER MEET", "127.0.0.1", first.port)
    eventually(lambda: all(is_whole(node) for node in nodes), 20, "the nodes know each other")
    yield nodes
    for node in nodes:
        node.kill()


def cluster_port() -> int:
    """A free port for which the one of the cluster's own talk, 10000 above, is free too."""
    while True:
        port = free_port()
        if port > 55000:
            port -= 12000
        try:
            with (
                socket.create_server(("127.0.0.1", port)),
                socket.create_server(("127.0.0.1", port + 10000)),
            ):
                return port
        except OSError:
            continue


def is_whole(node: Valkey) -> bool:
    with Redis(port=node.port) as redis:
        info = redis.execute_command("CLUSTER INFO")
    return info["cluster_state"] == "ok" and info["cluster_known_nodes"] == "3"


@pytest.fixture
def redis(cluster: list[Valkey], settings) -> Redis:
    settings.REDIS_URL = f"redis+cluster://127.0.0.1:{cluster[0].port}"
    return redis_clients.rebuildable()


def test_a_cluster_has_the_commands_of_one_node(redis) -> None:
    for n in range(20):
        redis.set(f"key {n}", n)
    assert [int(redis.get(f"key {n}")) for n in range(20)] == list(range(20))
    assert isinstance(redis, RedisCluster)
    assert redis.ping()


def test_heartbeat_health_and_the_throttle_of_sign_ups_work_on_a_cluster(redis) -> None:
    heartbeat.beat(redis)
    age = heartbeat.age_s(redis)
    assert age is not None
    assert age < health.STALE_S
    assert health._worker_is_alive()
    assert throttle.seconds_to_wait(redis, "10.0.0.1") == 0
    for _ in range(throttle.SIGN_UPS_PER_HOUR):
        waits = throttle.seconds_to_wait(redis, "10.0.0.1")
    assert 0 < waits <= throttle.HOUR_S


def test_a_cluster_that_is_away_is_the_commands_error_and_is_found_again(redis, cluster) -> None:
    redis.set("here", 1)
    for node in cluster:
        node.kill()
    for _ in range(2):
        with pytest.raises(RedisError):
            redis.get("here")
        with redis.pipeline() as pipe, pytest.raises(RedisError):
            pipe.get("here").execute()
    for node in cluster:
        node.start("--cluster-enabled", "yes")
    eventually(lambda: all(is_whole(node) for node in cluster), 20, "the cluster is whole")
    assert redis.get("here") == b"1"


def test_a_slot_that_no_node_had_is_the_call_s_error_and_is_asked_for_again(redis) -> None:
    redis.set("here", 1)
    redis.nodes_manager.slots_cache.pop(key_slot(b"here"))
    with pytest.raises(RedisError):
        get_many(redis, [b"here"])
    assert get_many(redis, [b"here"]) == [b"1"]


@pytest.mark.parametrize("scheme", ["redis", "redis+cluster"])
def test_making_a_client_asks_nobody(scheme: str) -> None:
    client = redis_clients.client(f"{scheme}://127.0.0.1:1")
    for _ in range(2):
        with pytest.raises(RedisError):
            client.get("anything")


def test_a_frozen_node_is_given_up_after_one_timeout(tmp_path: Path) -> None:
    node = Valkey(tmp_path, free_port())
    node.start()
    try:
        by_socket = redis_clients.client(f"unix://{node.socket}")
        assert by_socket.ping()
        node.freeze()
        with pytest.raises(RedisError, match="Timeout"):
            by_socket.ping()
    finally:
        node.kill()
