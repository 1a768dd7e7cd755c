"""The same pushes on a real Redis Cluster of three nodes and on one node: the same timelines."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from redis import Redis
from redis.cluster import RedisCluster
from redis.crc import REDIS_CLUSTER_HASH_SLOTS
from redis.exceptions import RedisError

from tests.runtime.processes import eventually, free_port
from trainer.resilience.scripts import Client, Script, get_many, run, run_many
from trainer.runtime.binaries import valkey_program
from trainer.twitter import keys
from trainer.twitter.graph.packed import DTYPE
from trainer.twitter.timelines.push import Delivery, Pushed, push
from trainer.twitter.timelines.scripts import BACKFILL, CLEAN
from trainer.twitter.timelines.window import LENGTH, marker

pytestmark = pytest.mark.processes
NODES = 3
START_S = 20.0
ACCOUNTS = 20_000
WORLD = 77


def start(folder: Path, *options: str) -> "tuple[subprocess.Popen[bytes], int]":
    folder.mkdir()
    port = free_port()
    command = [
        *(str(valkey_program()), "--port", str(port), "--bind", "127.0.0.1"),
        *("--dir", str(folder), "--save", "", "--loglevel", "warning", *options),
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL), port


def answers(port: int) -> bool:
    try:
        with Redis(port=port) as redis:
            return bool(redis.ping())
    except RedisError:
        return False


def join(ports: list[int]) -> None:
    """Share out the slots and introduce the nodes to each other."""
    edges = [REDIS_CLUSTER_HASH_SLOTS * n // NODES for n in range(NODES + 1)]
    with ExitStack() as stack:
        nodes = [stack.enter_context(Redis(port=port)) for port in ports]
        for number, node in enumerate(nodes):
            node.execute_command("CLUSTER SET-CONFIG-EPOCH", number + 1)
            node.execute_command("CLUSTER ADDSLOTSRANGE", edges[number], edges[number + 1] - 1)
        buses = [int(node.config_get("cluster-port")["cluster-port"]) for node in nodes]
        for port, bus in zip(ports[1:], buses[1:], strict=True):
            nodes[0].execute_command("CLUSTER MEET", "127.0.0.1", port, bus)
        eventually(lambda: all(is_whole(node) for node in nodes), START_S, "the cluster is whole")


def is_whole(node: Redis) -> bool:
    info = node.execute_command("CLUSTER INFO")
    return info["cluster_state"] == "ok" and int(info["cluster_known_nodes"]) == NODES


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RedisCluster, Redis]]:
    """A cluster, and one node that belongs to none."""
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:
        ports = []
        for number in range(NODES + 1):
            mode = (
                ("--cluster-enabled", "yes", "--cluster-port", str(free_port()))
                if number < NODES
                else ()
            )
            process, port = start(folder / str(number), *mode)
            stack.callback(process.wait)
            stack.callback(process.kill)
            ports.append(port)
        for port in ports:
            eventually(lambda port=port: answers(port), START_S, "Valkey answers")
        join(ports[:NODES])
        cluster = stack.enter_context(RedisCluster(host="127.0.0.1", port=ports[0]))
        yield cluster, stack.enter_context(Redis(port=ports[NODES]))


def fan_out(redis: Client) -> list[Pushed]:
    """One tweet to all, five to many, trims, dormant followers, an edge come and one gone."""
    rng = np.random.default_rng(3)
    everybody = np.arange(1, ACCOUNTS + 1, dtype=DTYPE)
    dormant = np.zeros(ACCOUNTS + 1, dtype=np.bool_)
    dormant[rng.choice(everybody, 3000, replace=False)] = True
    done = push(redis, WORLD, [Delivery(1, everybody)], dormant)
    some = [np.sort(rng.choice(everybody, 5000, replace=False)) for _ in range(5)]
    done += push(redis, WORLD, [Delivery(2 + n, ids) for n, ids in enumerate(some)], dormant)
    few = everybody[:40]
    for first in range(10, 1000, 200):
        done += push(redis, WORLD, [Delivery(first + n, few) for n in range(200)], dormant)
    floor = [marker(0), (8).to_bytes(8, "big")]
    for account in (1, 2, 3):
        key = keys.home(WORLD, account)
        redis.lpush(key, marker(0))
        run(redis, BACKFILL, [key], [b"".join([*floor, (2**40).to_bytes(8, "big")]), LENGTH])
        run(redis, CLEAN, [key], [(500).to_bytes(8, "big")])
    return done


def timelines(redis: Client) -> list[list[bytes]]:
    joined = Script("return redis.call('LRANGE', KEYS[1], 0, -1)")
    accounts = [*range(1, 100), *range(100, ACCOUNTS, 97)]
    return run_many(redis, joined, [([keys.home(WORLD, n)], []) for n in accounts])


def test_a_cluster_holds_the_same_timelines_as_one_node(
    nodes: tuple[RedisCluster, Redis],
) -> None:
    cluster, alone = nodes
    assert fan_out(cluster) == fan_out(alone)
    assert timelines(cluster) == timelines(alone)
    shares = [node.redis_connection.dbsize() for node in cluster.get_primaries()]
    assert len(shares) == NODES
    assert min(shares) > 0
    assert sum(shares) == alone.dbsize()


def test_a_cluster_that_forgot_the_scripts_is_told_again(
    nodes: tuple[RedisCluster, Redis],
) -> None:
    cluster, _ = nodes
    count = Script("return redis.call('INCR', KEYS[1])")
    calls = [([b"forgotten:{%d}" % n], []) for n in range(50)]
    assert run_many(cluster, count, calls) == [1] * 50
    cluster.get_primaries()[1].redis_connection.script_flush()
    assert run_many(cluster, count, calls) == [2] * 50
    assert get_many(cluster, [key for (key,), _ in calls]) == [b"2"] * 50
    assert get_many(cluster, [b"forgotten:{0}", b"none:{0}", b"none:{1}"]) == [b"2", None, None]


def test_a_slot_that_has_moved_is_found_where_it_is(
    nodes: tuple[RedisCluster, Redis],
) -> None:
    cluster, _ = nodes
    count = Script("return redis.call('INCR', KEYS[1])")
    key = b"moved:{a}"
    known = cluster.get_node_from_key(key)
    taker = next(node for node in cluster.get_primaries() if node.name != known.name)
    taker_id = taker.redis_connection.execute_command("CLUSTER MYID")
    for node in (taker, known):
        node.redis_connection.execute_command(
            "CLUSTER SETSLOT", cluster.keyslot(key), "NODE", taker_id
        )
    assert run_many(cluster, count, [([key], []), ([b"moved:{b}"], []), ([key], [])]) == [1, 1, 2]
    assert taker.redis_connection.get(key) == b"2"
