import math
import multiprocessing
import os
import uuid
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis import Redis

from tests.resilience.burst import burst
from trainer.resilience.pausing import PAUSE_S, Pause
from trainer.resilience.rate_limit import DOWN_RETRY_S, RateLimit, Verdict, take
from trainer.resilience.redis_clients import rebuildable

A_DAY = 86_400
START = 1_800_000_000_000_000  # microseconds since the epoch, as the server's clock gives them
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(scope="module")
def redis(servers: None) -> Redis:
    return rebuildable()


@pytest.fixture
def key(redis: Redis) -> Iterator[str]:
    name = f"test:limit:{uuid.uuid4().hex}"
    yield name
    redis.delete(name)


def after(verdict: Verdict) -> int:
    return round(verdict.retry_after_s * 1_000_000)


# -- How many pass


def test_a_burst_from_many_processes_and_threads_passes_exactly_the_capacity(redis, key):
    limit = RateLimit(100, 1 / A_DAY)
    context = multiprocessing.get_context("spawn")
    start, passed = context.Barrier(3), context.Queue()
    arguments = (os.environ["REDIS_URL"], key, limit, start, passed, 4, 25)
    processes = [context.Process(target=burst, args=arguments) for _ in range(3)]
    for each in processes:
        each.start()
    total = sum(passed.get(timeout=60) for _ in processes)
    for each in processes:
        each.join(timeout=60)
    assert total == 100
    assert not take(redis, key, limit).allowed


def test_a_full_bucket_counts_down_to_none_and_then_refuses(redis, key):
    limit = RateLimit(3, 1)
    verdicts = [take(redis, key, limit, now=START) for _ in range(4)]
    assert [each.remaining for each in verdicts] == [2, 1, 0, 0]
    assert [each.allowed for each in verdicts] == [True, True, True, False]
    assert all(each.is_counted for each in verdicts)


def test_a_refusal_takes_nothing(redis, key):
    limit = RateLimit(5, 1)
    take(redis, key, limit, tokens=3, now=START)
    assert not take(redis, key, limit, tokens=3, now=START).allowed
    assert take(redis, key, limit, tokens=2, now=START).allowed


def test_two_keys_have_two_buckets(redis, key):
    limit = RateLimit(1, 1)
    assert take(redis, key, limit, now=START).allowed
    assert take(redis, f"{key}:other", limit, now=START).allowed
    redis.delete(f"{key}:other")


# -- Refill


def test_tokens_come_back_at_the_rate_and_no_more_than_the_capacity(redis, key):
    limit = RateLimit(10, 2)
    take(redis, key, limit, tokens=10, now=START)
    assert take(redis, key, limit, tokens=1, now=START + 2_500_000).remaining == 4
    assert take(redis, key, limit, tokens=1, now=START + A_DAY * 1_000_000).remaining == 9


def test_a_rate_of_thirds_loses_nothing_in_a_million_steps(redis, key):
    """A third of a token a second, asked for after every microsecond short of it and at it."""
    limit = RateLimit(1, 1 / 3)
    take(redis, key, limit, now=START)
    now = START
    for step in (1, 999_999, 1_000_000, 999_999):
        now += step
        assert not take(redis, key, limit, now=now).allowed
    assert take(redis, key, limit, now=now + 1).allowed


def test_a_year_of_silence_fills_the_bucket_once(redis, key):
    limit = RateLimit(1_000_000, 900)
    take(redis, key, limit, tokens=1_000_000, now=START)
    assert take(redis, key, limit, now=START + 365 * A_DAY * 1_000_000).remaining == 999_999


def test_a_clock_set_back_gains_nothing_and_loses_nothing(redis, key):
    limit = RateLimit(10, 1)
    take(redis, key, limit, tokens=5, now=START)
    assert take(redis, key, limit, now=START - 3_600_000_000).remaining == 4
    assert (
        take(redis, key, limit, now=START - 3_599_000_000).remaining == 4
    )  # one gained, one taken


def test_without_a_time_the_clock_of_the_server_counts(redis, key):
    limit = RateLimit(1, 20)
    seconds, micros = redis.time()
    take(redis, key, limit, now=seconds * 1_000_000 + micros - 60_000)
    assert take(redis, key, limit).allowed


# -- Retry-After


@pytest.mark.parametrize("rate", [1 / A_DAY, 30 / 3600, 1 / 3, 1, 7, 1_000, 1_000_000])
def test_waiting_as_long_as_told_passes_and_a_microsecond_less_does_not(redis, key, rate):
    limit = RateLimit(5, rate)
    take(redis, key, limit, tokens=5, now=START)
    refused = take(redis, key, limit, tokens=2, now=START)
    assert not refused.allowed
    assert not take(redis, key, limit, tokens=2, now=START + after(refused) - 1).allowed
    assert take(redis, key, limit, tokens=2, now=START + after(refused)).allowed


def test_the_header_is_whole_seconds_rounded_up():
    assert Verdict(False, 0, 0.000_001).retry_after_header == 1
    assert Verdict(False, 0, 2.0).retry_after_header == 2
    assert Verdict(False, 0, 2.000_001).retry_after_header == 3
    assert Verdict(True, 4, 0.0).retry_after_header == 0


class Bucket:
    """The definition: tokens as exact fractions."""

    def __init__(self, limit: RateLimit, now: int) -> None:
        self.limit, self.level, self.at = limit, Fraction(limit.capacity), now

    def take(self, tokens: int, now: int) -> tuple[bool, int, int]:
        gained = self.limit.rate * (now - self.at) / 1_000_000
        self.level, self.at = min(self.level + gained, Fraction(self.limit.capacity)), now
        if self.level >= tokens:
            self.level -= tokens
            return True, math.floor(self.level), 0
        wait = math.ceil((tokens - self.level) / self.limit.rate * 1_000_000)
        return False, math.floor(self.level), wait


RATES = st.sampled_from([1 / A_DAY, 11 / 86_399, 30 / 3600, 1 / 3, 2.5, 10, 12_345, 3e9])
STEPS = st.lists(
    st.tuples(st.integers(0, 3 * A_DAY * 1_000_000) | st.integers(0, 100), st.floats(0, 1)),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rate=RATES, capacity=st.sampled_from([1, 3, 100, 13_000]), steps=STEPS)
def test_it_is_the_exact_token_bucket(redis, key, rate, capacity, steps):
    limit = RateLimit(capacity, rate)
    redis.delete(key)
    now, bucket = START, Bucket(limit, START)
    for passed, share in steps:
        now += passed
        tokens = max(1, round(share * capacity))
        verdict = take(redis, key, limit, tokens, now)
        assert (verdict.allowed, verdict.remaining, after(verdict)) == bucket.take(tokens, now)


# -- The key


def test_the_key_goes_by_itself_soon_after_the_bucket_would_be_full(redis, key):
    take(redis, key, RateLimit(100, 1), tokens=40)
    assert 40_000 < redis.pttl(key) <= 101_000
    assert take(redis, key, RateLimit(100, 1)).remaining >= 59  # and reading it forgets nothing


def test_a_flush_in_the_middle_costs_at_most_one_capacity(redis, key):
    limit = RateLimit(5, 1)
    passed = 0
    for n in range(20):
        if n == 10:
            redis.delete(key)
            redis.script_flush()
        passed += take(redis, key, limit, now=START).allowed
    assert passed == 10


def test_something_else_under_the_key_counts_as_a_full_bucket(redis, key):
    redis.set(key, 17)
    assert take(redis, key, RateLimit(3, 1), now=START).remaining == 2


def test_a_limit_made_smaller_counts_at_once(redis, key):
    take(redis, key, RateLimit(100, 1), now=START)
    assert take(redis, key, RateLimit(10, 1), now=START).remaining == 9


# -- When Redis is down


@pytest.mark.parametrize("policy", ["allow", "deny"])
def test_without_redis_the_declared_policy_holds_and_says_so(policy, caplog):
    with Redis.from_url(NOWHERE, retry=None) as nobody:
        verdict = take(nobody, "anything", RateLimit(3, 1, when_down=policy))
    assert verdict.allowed == (policy == "allow")
    assert verdict.retry_after_s == (0.0 if verdict.allowed else DOWN_RETRY_S)
    assert not verdict.is_counted
    assert policy in caplog.text


def test_during_a_pause_the_limit_decides_without_redis(redis, key):
    seconds = [1.0]
    pause = Pause(lambda: seconds[0])
    with Redis.from_url(NOWHERE, retry=None) as nobody:
        take(nobody, key, RateLimit(3, 1), pause=pause)
    limit = RateLimit(3, 1, when_down="deny")
    refused = take(redis, key, limit, pause=pause)
    assert (refused.allowed, refused.is_counted) == (False, False)
    seconds[0] += PAUSE_S
    assert [take(redis, key, limit, pause=pause).is_counted for _ in range(2)] == [True, True]


# -- What cannot be


@pytest.mark.parametrize(
    ("capacity", "rate"),
    [(0, 1), (-1, 1), (1, 0), (1, -1), (1, math.inf), (1, math.nan), (1, 1e-7), (10**10, 1)],
)
def test_a_limit_that_cannot_be_counted_is_refused(capacity, rate):
    with pytest.raises(ValueError, match="give at"):
        RateLimit(capacity, rate)


@pytest.mark.parametrize("tokens", [0, -1, 4])
def test_asking_for_what_the_bucket_never_holds_is_refused(redis, key, tokens):
    with pytest.raises(ValueError, match="from 1 to 3"):
        take(redis, key, RateLimit(3, 1), tokens)


def test_the_largest_bucket_is_exact(redis, key):
    capacity = 2**50 // 1_000_000
    limit = RateLimit(capacity, 1)
    take(redis, key, limit, tokens=capacity, now=START)
    refused = take(redis, key, limit, tokens=capacity, now=START)
    assert after(refused) == capacity * 1_000_000
    assert take(redis, key, limit, now=START + 1_000_000).allowed
