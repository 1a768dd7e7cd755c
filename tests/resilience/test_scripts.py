from collections.abc import Iterator

import pytest
from redis import Redis
from redis.exceptions import ResponseError

from trainer.resilience.redis_clients import rebuildable
from trainer.resilience.scripts import Script, get_many, run, run_many

COUNT = Script("return redis.call('INCRBY', KEYS[1], ARGV[1])")
KEYS = [b"scripts:{%d}" % n for n in range(5)]


@pytest.fixture
def redis(servers: None) -> Iterator[Redis]:
    client = rebuildable()
    client.delete(*KEYS)
    yield client
    client.delete(*KEYS)


def test_replies_come_in_the_order_of_the_calls(redis: Redis) -> None:
    calls = [([KEYS[n % 2]], [n]) for n in range(6)]
    assert run_many(redis, COUNT, calls) == [0, 1, 2, 4, 6, 9]
    assert run(redis, COUNT, [KEYS[1]], [1]) == 10
    assert run_many(redis, COUNT, []) == []


def test_a_script_that_the_server_has_lost_runs_once_all_the_same(redis: Redis) -> None:
    run(redis, COUNT, [KEYS[0]], [1])
    redis.script_flush()
    assert run_many(redis, COUNT, [([KEYS[0]], [1])] * 3) == [2, 3, 4]
    assert redis.script_exists(COUNT.sha) == [True]


def test_an_error_of_one_call_is_raised_when_the_others_have_run(redis: Redis) -> None:
    redis.set(KEYS[0], "no number")
    with pytest.raises(ResponseError, match="not an integer"):
        run_many(redis, COUNT, [([KEYS[1]], [1]), ([KEYS[0]], [1]), ([KEYS[2]], [1])])
    assert get_many(redis, KEYS[1:3]) == [b"1", b"1"]


def test_keys_of_two_slots_in_one_call_are_refused_before_anything_runs(redis: Redis) -> None:
    with pytest.raises(ValueError, match="more than one hash slot"):
        run_many(redis, COUNT, [([KEYS[0]], [1]), ([KEYS[0], KEYS[1]], [1])])
    with pytest.raises(ValueError, match="without keys"):
        run(redis, COUNT, [], [1])
    assert get_many(redis, KEYS[:1]) == [None]


def test_keys_of_one_hash_tag_are_taken_together(redis: Redis) -> None:
    assert run(redis, COUNT, [KEYS[0], b"other:{0}"], [7]) == 7


def test_values_come_in_the_order_of_the_keys_none_where_there_is_none(redis: Redis) -> None:
    redis.set(KEYS[3], b"\x00\xff")
    redis.set(KEYS[1], b"")
    assert get_many(redis, KEYS) == [None, b"", None, b"\x00\xff", None]
    assert get_many(redis, []) == []
