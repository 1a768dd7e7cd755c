"""A process of its own whose calls all fail."""

from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from trainer.resilience.breaker import Policy, ask, report
from trainer.resilience.redis_clients import client


def fail_many(
    url: str, key: bytes, policy: Policy, start: Barrier, permitted: "Queue[int]", times: int
) -> None:
    """Wait for the other processes, then ask `times` times; report how many were permitted."""
    redis = client(url)
    start.wait(timeout=60)
    passed = 0
    for _ in range(times):
        (permit,) = ask(redis, [key], policy)
        if permit.allowed:
            report(redis, [(key, permit, False)], policy)
            passed += 1
    permitted.put(passed)
