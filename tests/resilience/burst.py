"""A process of its own that takes from a bucket with several threads at once."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from trainer.resilience.rate_limit import RateLimit, take
from trainer.resilience.redis_clients import client


def burst(
    url: str,
    key: str,
    limit: RateLimit,
    start: Barrier,
    passed: "Queue[int]",
    threads: int,
    each: int,
) -> None:
    """Wait for the other processes, then take `each` times in every thread; report how many
    passed."""

    def attempts(_: int) -> int:
        return sum(take(client(url), key, limit).allowed for _ in range(each))

    start.wait(timeout=60)
    with ThreadPoolExecutor(threads) as pool:
        passed.put(sum(pool.map(attempts, range(threads))))
