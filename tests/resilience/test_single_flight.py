import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from redis import Redis
from redis.crc import key_slot

from trainer.resilience import single_flight
from trainer.resilience.redis_clients import rebuildable
from trainer.resilience.scripts import get_many
from trainer.resilience.single_flight import Flight, StillMissing, Values, get_or_make, lock

READERS = 100
KEYS = [b"value:{%d}" % n for n in range(5)]


@pytest.fixture
def redis(servers: None) -> Iterator[Redis]:
    rebuildable().flushdb()
    yield rebuildable()
    rebuildable().flushdb()


def made(places: Sequence[int]) -> list[bytes]:
    return [b"of %d" % place for place in places]


def never(places: Sequence[int]) -> list[bytes]:
    pytest.fail("nobody should make it")


def test_what_is_missing_is_made_and_kept_in_the_order_of_the_keys(redis: Redis) -> None:
    redis.set(KEYS[1], b"there")
    expected = [b"of 0", b"there", b"of 2", b"of 3", b"of 4"]
    assert get_or_make(redis, KEYS, made, Flight(60)) == Values(expected, made=4)
    assert get_or_make(redis, KEYS, never, Flight(60)) == Values(expected, made=0)
    assert 0 < redis.ttl(KEYS[0]) <= 60


def test_no_keys_are_no_work(redis: Redis) -> None:
    assert get_or_make(redis, [], never, Flight(60)) == Values([], made=0)


def test_of_a_hundred_at_once_each_value_is_made_by_one(redis: Redis) -> None:
    together = threading.Barrier(READERS)

    def one(n: int) -> Values:
        together.wait()
        wanted = KEYS[n % 3 :]  # they overlap
        return get_or_make(redis, wanted, lambda places: [wanted[p] for p in places], Flight(60))

    with ThreadPoolExecutor(READERS) as pool:
        found = list(pool.map(one, range(READERS)))
    assert sum(values.made for values in found) == len(KEYS)
    assert {tuple(values.values) for values in found} == {tuple(KEYS[n:]) for n in range(3)}
    assert redis.dbsize() == len(KEYS)  # no lock is left


def test_a_maker_who_died_holds_others_up_for_his_lock_only(redis: Redis) -> None:
    redis.set(lock(KEYS[0]), "of the dead", px=150)
    assert get_or_make(redis, KEYS[:1], made, Flight(60)).made == 1


def test_who_fails_to_make_it_keeps_nobody_waiting(redis: Redis) -> None:
    def failing(places: Sequence[int]) -> list[bytes]:
        raise ValueError("there is nothing to make it of")

    with pytest.raises(ValueError, match="nothing to make"):
        get_or_make(redis, KEYS, failing, Flight(60))
    assert get_or_make(redis, KEYS, made, Flight(60, patience_s=0)).made == len(KEYS)


def test_waiting_has_an_end(redis: Redis) -> None:
    redis.set(lock(KEYS[0]), "of another", px=60_000)
    with pytest.raises(StillMissing, match="value"):
        get_or_make(redis, KEYS[:1], never, Flight(60, patience_s=0.05))


def test_a_lock_lies_in_the_slot_of_its_key() -> None:
    assert all(key_slot(lock(key)) == key_slot(key) for key in KEYS)


def test_what_is_evicted_as_soon_as_it_is_stored_is_made_once_all_the_same(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(client: Redis, keys: Sequence[bytes]) -> list[bytes | None]:
        client.delete(*KEYS)
        return get_many(client, keys)

    monkeypatch.setattr(single_flight, "get_many", full)
    assert get_or_make(redis, KEYS, made, Flight(60)) == Values(made(range(5)), made=5)
