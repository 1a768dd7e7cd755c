"""Lua scripts, many calls in one round trip, on one Redis or on a Redis Cluster alike."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from redis import Redis
from redis.cluster import RedisCluster
from redis.crc import key_slot
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError, SlotNotCoveredError

Client = Redis | RedisCluster
Argument = bytes | str | int | float
Call = tuple[Sequence[bytes], Sequence[Argument]]  # the keys of a script call, its arguments
Command = tuple[bytes, tuple[Argument, ...]]  # a key that says which node, and the whole command


class Script:
    """A Lua script by its text. Clients must not decode replies: keys and values are bytes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sha = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def run(redis: Client, script: Script, keys: Sequence[bytes], args: Sequence[Argument]) -> Any:
    """One call's reply. Raises what `run_many` raises."""
    return run_many(redis, script, [(keys, args)])[0]


def run_many(redis: Client, script: Script, calls: Sequence[Call]) -> list[Any]:
    """The replies, in the order of the calls; all calls travel in one round trip for each node.

    Not a transaction: when one call fails (its error is raised), the others have run all the same.
    A server that does not know the script yet, or no longer, is given its text with the calls that
    failed for it, so those run exactly once too. ValueError when a call's keys lie in more than
    one hash slot: such a script succeeds on one node and fails on a cluster.
    """
    for keys, _ in calls:
        _one_slot(keys)
    replies = _pipelined(redis, [_command("EVALSHA", script.sha, call) for call in calls])
    unknown = [n for n, reply in enumerate(replies) if isinstance(reply, NoScriptError)]
    again = [_command("EVAL", script.text, calls[n]) for n in unknown]
    for n, reply in zip(unknown, _pipelined(redis, again), strict=True):
        replies[n] = reply
    return _without_errors(replies)


def get_many(redis: Client, keys: Sequence[bytes]) -> list[bytes | None]:
    """The values of string keys, None where there is none, in the order of the keys."""
    if not isinstance(redis, RedisCluster):
        return list(redis.mget(keys)) if keys else []  # type: ignore[arg-type, unused-ignore]
    by_slot: dict[int, list[int]] = {}
    for n, key in enumerate(keys):
        by_slot.setdefault(key_slot(key), []).append(n)
    commands: list[Command] = [
        (keys[ns[0]], ("MGET", *(keys[n] for n in ns))) for ns in by_slot.values()
    ]
    values: list[bytes | None] = [None] * len(keys)
    replies = _without_errors(_pipelined(redis, commands))
    for ns, found in zip(by_slot.values(), replies, strict=True):
        for n, value in zip(ns, found, strict=True):
            values[n] = value
    return values


def _command(name: str, script: str, call: Call) -> Command:
    keys, args = call
    return keys[0], (name, script, len(keys), *keys, *args)


def _pipelined(redis: Client, commands: Sequence[Command]) -> list[Any]:
    """The replies, an exception where a command failed.

    redis-py refuses `evalsha` and `mget` by name in a cluster's pipeline, as it cannot know where
    they belong; it takes them when told the node, and writes to all nodes before it reads. A
    command whose slot has moved meanwhile is sent again by redis-py, by its key."""
    if not commands:
        return []
    with redis.pipeline(transaction=False) as pipe:
        for key, command in commands:
            where = {"target_nodes": _node(redis, key)} if isinstance(redis, RedisCluster) else {}
            pipe.execute_command(*command, **where)
        return list(pipe.execute(raise_on_error=False))


def _node(redis: RedisCluster, key: bytes) -> Any:
    """Where a key belongs. A slot that nobody had when last asked is an outage of this call, and
    asked for again, so that it need not be one of the next."""
    try:
        return redis.get_node_from_key(key)  # type: ignore[no-untyped-call]
    except SlotNotCoveredError as error:
        redis.nodes_manager.initialize()
        raise RedisConnectionError(str(error)) from error


def _one_slot(keys: Sequence[bytes]) -> None:
    if not keys:
        raise ValueError("a script call without keys: name at least one, it says which node")
    if len(keys) > 1 and len({key_slot(key) for key in keys}) > 1:
        raise ValueError(f"keys in more than one hash slot: {list(keys)!r}; give them one hash tag")


def _without_errors(replies: Iterable[Any]) -> list[Any]:
    kept = []
    for reply in replies:
        if isinstance(reply, Exception):
            raise reply
        kept.append(reply)
    return kept
