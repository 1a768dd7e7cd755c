"""Exactly so many pass the real limiter; the naive counter is what it is."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.lab.staging import perform
from trainer.lab.labs.rate_limiter.burst import burst
from trainer.lab.labs.rate_limiter.counters import SLOWEST_PER_S, naive, real
from trainer.resilience.rate_limit import RateLimit
from trainer.resilience.redis_clients import rebuildable

pytestmark = pytest.mark.usefixtures("_nothing_known")


@pytest.mark.parametrize(
    ("allowed", "size", "threads"), [(100, 400, 16), (1, 200, 64), (50, 150, 1), (500, 100, 7)]
)
def test_exactly_as_many_pass_as_are_allowed(allowed: int, size: int, threads: int) -> None:
    limit = RateLimit(allowed, SLOWEST_PER_S)
    exact = burst(partial(real, rebuildable(), "real", limit), size, threads, check=int)
    loose = burst(partial(naive, rebuildable(), "naive", allowed), size, threads, check=int)
    assert exact.passed == min(allowed, size)
    assert loose.passed >= min(allowed, size)
    assert len(exact.answers) == len(loose.answers) == size
    if threads == 1:
        assert loose.passed == allowed


class Overtaken:
    """A Redis before whose first write another caller asks as well."""

    def __init__(self, another: Callable[[], bool]) -> None:
        self._another: Callable[[], bool] | None = another
        self.another_passed = False

    def get(self, key: str) -> Any:
        return rebuildable().get(key)

    def set(self, key: str, value: int, **more: Any) -> None:
        if (another := self._another) is not None:
            self._another = None
            self.another_passed = another()
        rebuildable().set(key, value, **more)


def test_two_that_read_before_either_writes_both_pass_the_naive_counter() -> None:
    redis = Overtaken(partial(naive, rebuildable(), "one", 1))
    assert naive(redis, "one", 1)
    assert redis.another_passed
    assert not naive(redis, "one", 1)


def test_no_thread_is_without_a_request() -> None:
    assert burst(lambda: True, 3, 16, check=int).passed == 3


def test_the_lab_counts_what_passed_and_leaves_no_key(db: None) -> None:
    result = perform("rate-limiter", None, allowed=10, burst=100, threads=4)
    figures = result.figures
    assert figures["passed"] == 10
    assert figures["times_allowed"] == figures["naive_passed"] / 10
    assert 0 < figures["gained"] <= figures["gained_computed"] + 1
    exact, loose, _ = result.blocks["passed"]["series"]
    assert (exact["x"][-1], exact["y"][-1]) == (100, 10)
    assert (loose["x"][-1], loose["y"][-1]) == (100, figures["naive_passed"])
    assert not list(rebuildable().scan_iter(match="lab-limit:*"))
