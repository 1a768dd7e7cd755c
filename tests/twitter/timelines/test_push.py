"""Pushes into real lists. Account ids are chosen for their bytes: all are part of a key."""

import itertools
import struct
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redis import Redis
from redis.crc import key_slot

from trainer.resilience import scripts
from trainer.resilience.redis_clients import rebuildable
from trainer.resilience.scripts import Call, Client, Script
from trainer.twitter import keys
from trainer.twitter.graph.packed import DTYPE, Ids
from trainer.twitter.timelines import push as pushing
from trainer.twitter.timelines.push import Delivery, Pushed, push
from trainer.twitter.timelines.window import BUILDING, marker, parse

WORLD = 2**31 - 1
# '{', '}', newline, NUL, quotes, a carriage return and 0xFF, in every place of the four bytes.
STRANGE = [0x7B, 0x7D, 0x7B7D, 0x7D7B, 0x0A, 0x0D0A, 0x22270A, 0x7B7D0A00, 0x00FF7B7D, 0x7D0A7B]
ACCOUNTS = 0x00FF7B7D + 1
worlds = itertools.count(1_000_000_000)


@pytest.fixture(scope="module")
def redis(servers: None) -> Redis:
    return rebuildable()


@pytest.fixture
def world(redis: Redis) -> Iterator[int]:
    number = next(worlds)
    yield number
    clear(redis, number)


def clear(redis: Redis, world: int) -> None:
    for bucket in range(keys.BUCKETS):
        if found := list(redis.scan_iter(match=b"home:{%d}:%d:*" % (bucket, world), count=10_000)):
            redis.delete(*found)


def ids(*numbers: int) -> Ids:
    return np.array(numbers, dtype=DTYPE)


def nobody(accounts: int = 5000) -> np.ndarray:
    return np.zeros(accounts, dtype=np.bool_)


def element(tweet_id: int) -> bytes:
    return struct.pack(">Q", tweet_id)


def held(redis: Redis, world: int, account: int) -> list[bytes]:
    return redis.lrange(keys.home(world, account), 0, -1)


def tweets(redis: Redis, world: int, account: int) -> list[int]:
    return [struct.unpack(">Q", id)[0] for id in held(redis, world, account) if id[0] < 128]


def test_a_tweet_reaches_every_follower_once(redis: Redis, world: int) -> None:
    followers = np.arange(1, 3001, dtype=DTYPE)
    (done,) = push(redis, world, [Delivery(7, followers)], nobody())
    assert done == Pushed(attempted=3000, stored=3000, skipped=0, calls=32)
    assert all(tweets(redis, world, n) == [7] for n in (1, 2, 31, 32, 33, 2999, 3000))
    assert not held(redis, world, 3001)


def test_tweets_of_several_authors_are_grouped_by_follower(redis: Redis, world: int) -> None:
    audiences = [ids(1, 2, 3), ids(2, 3), ids(3, 40), ids(3), ids(3, 4), ids(3, 4), ids(3)]
    batch = [Delivery(100 + n, audience) for n, audience in enumerate(audiences)]
    done = push(redis, world, batch, nobody())
    assert [pushed.stored for pushed in done] == [3, 2, 2, 1, 2, 2, 1]
    assert [pushed.calls for pushed in done] == [3, 2, 2, 1, 2, 2, 1]
    expected = {1: [100], 2: [100, 101], 3: list(range(100, 107)), 4: [104, 105], 40: [102]}
    assert {n: tweets(redis, world, n) for n in expected} == expected


def test_tweets_of_one_author_go_to_one_audience_together(redis: Redis, world: int) -> None:
    followers = ids(5, 37, 6)
    done = push(redis, world, [Delivery(n, followers) for n in (8, 9, 10)], nobody())
    assert done == [Pushed(3, 3, 0, calls=2)] * 3
    assert [tweets(redis, world, n) for n in (5, 37, 6)] == [[8, 9, 10]] * 3


@pytest.mark.parametrize("batch", [1, 2], ids=["one tweet", "grouped"])
def test_every_byte_may_stand_in_an_account_id(redis: Redis, world: int, batch: int) -> None:
    strange = [account for account in STRANGE if account < ACCOUNTS]
    deliveries = [Delivery(2**62 + n, ids(*strange)) for n in range(batch)]
    push(redis, world, deliveries, nobody(ACCOUNTS))
    for account in strange:
        assert tweets(redis, world, account) == [2**62 + n for n in range(batch)]


def test_ids_are_opaque_bytes_beyond_what_a_double_holds(redis: Redis, world: int) -> None:
    near = [2**53 + 1, 2**53 + 2, 2**62 - 1, 2**63 - 1]
    push(redis, world, [Delivery(id, ids(9, 9 + n)) for n, id in enumerate(near, 1)], nobody())
    assert tweets(redis, world, 9) == near


def test_without_followers_nothing_is_called(redis: Redis, world: int) -> None:
    assert push(redis, world, [], nobody()) == []
    done = push(redis, world, [Delivery(1, ids()), Delivery(2, ids())], nobody())
    assert done == [Pushed(0, 0, 0, 0)] * 2


def test_redelivery_adds_what_readers_see_once(redis: Redis, world: int) -> None:
    redis.rpush(keys.home(world, 4), marker(0))
    for _ in range(3):
        push(redis, world, [Delivery(11, ids(4)), Delivery(12, ids(4, 5))], nobody())
    window = parse(b"".join(held(redis, world, 4)))
    assert window is not None
    assert window.ids.tolist() == [12, 11]


@pytest.mark.parametrize("batch", [1, 3], ids=["one tweet", "grouped"])
def test_a_dormant_follower_is_skipped_until_a_timeline_exists(
    redis: Redis, world: int, batch: int
) -> None:
    dormant = nobody()
    dormant[[3, 35]] = True
    redis.rpush(keys.home(world, 35), marker(0))
    audience = [ids(1, 3, 35), ids(1, 3), ids(35)]
    done = push(redis, world, [Delivery(n, audience[n]) for n in range(batch)], dormant)
    expected = [Pushed(3, 2, 1, 2), Pushed(2, 1, 1, 2), Pushed(1, 1, 0, 1)]
    assert done == expected[:batch]
    assert not redis.exists(keys.home(world, 3))
    assert tweets(redis, world, 35) == [n for n in range(batch) if n != 1]


def test_a_new_list_is_unverified_and_expires(redis: Redis, world: int) -> None:
    push(redis, world, [Delivery(1, ids(1)), Delivery(2, ids(1, 2))], nobody())
    assert parse(b"".join(held(redis, world, 1))) is None
    for account in (1, 2):
        assert 29 * 86400 < redis.ttl(keys.home(world, account)) <= 30 * 86400


def test_a_list_that_is_there_keeps_its_time_to_live(redis: Redis, world: int) -> None:
    redis.rpush(keys.home(world, 1), marker(0))
    redis.expire(keys.home(world, 1), 100)
    push(redis, world, [Delivery(1, ids(1))], nobody())
    assert redis.ttl(keys.home(world, 1)) <= 100


def test_a_full_timeline_is_trimmed_seldom_and_its_floor_rises(redis: Redis, world: int) -> None:
    redis.rpush(keys.home(world, 1), marker(5), *map(element, range(100, 931)))
    assert redis.llen(keys.home(world, 1)) == 832
    push(redis, world, [Delivery(931, ids(1))], nobody())
    elements = held(redis, world, 1)
    assert elements == [marker(131), *map(element, range(132, 932))]


def test_an_unverified_list_stays_so_when_it_is_trimmed(redis: Redis, world: int) -> None:
    redis.rpush(keys.home(world, 1), *map(element, range(100, 932)))
    push(redis, world, [Delivery(932, ids(1))], nobody())
    assert held(redis, world, 1) == [*map(element, range(133, 933))]


def test_a_trim_takes_away_the_claim_of_a_rebuild_under_way(redis: Redis, world: int) -> None:
    redis.rpush(keys.home(world, 1), BUILDING, *map(element, range(100, 931)))
    push(redis, world, [Delivery(931, ids(1))], nobody())
    assert held(redis, world, 1) == [*map(element, range(132, 932))]


def test_many_tweets_at_once_are_pushed_in_several_groups(
    redis: Redis, world: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushing, "MOST_PAIRS", 900)
    batch = [Delivery(n, ids(*range(1, 4 + n % 2))) for n in range(600)]
    done = push(redis, world, batch, nobody())
    assert [pushed.stored for pushed in done] == [3 + n % 2 for n in range(600)]
    assert tweets(redis, world, 1) == list(range(600))
    assert tweets(redis, world, 4) == list(range(1, 600, 2))


def test_scripts_that_the_server_forgot_are_sent_again(redis: Redis, world: int) -> None:
    for n in range(3):
        redis.script_flush()
        push(redis, world, [Delivery(2 * n, ids(1)), Delivery(2 * n + 1, ids(1, 2))], nobody())
    assert tweets(redis, world, 1) == list(range(6))


def test_a_call_names_one_bucket_and_at_most_a_thousand_followers(
    redis: Redis, world: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Call] = []

    def watched(redis: Client, script: Script, calls: Sequence[Call]) -> list[object]:
        seen.extend(calls)
        return scripts.run_many(redis, script, calls)

    monkeypatch.setattr(pushing, "run_many", watched)
    everybody = np.arange(1, 40_000, dtype=DTYPE)
    push(redis, world, [Delivery(1, everybody)], nobody(40_000))
    push(redis, world, [Delivery(2, everybody), Delivery(3, everybody[::2])], nobody(40_000))
    assert len(seen) == 128
    for (prefix,), (*_, accounts, _, _) in seen:
        followers = np.frombuffer(accounts, dtype=DTYPE)
        assert len(followers) <= 1000
        assert len(set((followers % keys.BUCKETS).tolist())) == 1
        assert prefix + accounts[:4] == keys.home(world, int(followers[0]))


@given(world=st.integers(1, 2**31 - 1), account=st.integers(1, 2**31 - 1))
def test_a_timeline_lies_in_the_slot_of_the_key_that_its_script_names(
    world: int, account: int
) -> None:
    prefix = keys.home_prefix(world, keys.bucket(account))
    assert key_slot(prefix) == key_slot(keys.home(world, account))
    assert prefix + struct.pack("<I", account) == keys.home(world, account)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_pushed_id_above_the_floor_is_in_the_list(redis: Redis, data: st.DataObject) -> None:
    """In any order, again and again, whatever was trimmed: the set of all pushed ids is the model,
    and the lists are cut to a few ids."""
    world = next(worlds)
    floor = data.draw(st.integers(0, 20), label="floor")
    redis.rpush(keys.home(world, 1), marker(floor))
    redis.rpush(keys.home(world, 2), element(2**62))
    pushed: set[int] = set()
    numbers = st.lists(st.integers(1, 60).map(lambda n: n << 31 | n), max_size=9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pushing, "LENGTH", 8)
        patch.setattr(pushing, "SLACK", 3)
        for batch in data.draw(st.lists(numbers, max_size=8), label="batches"):
            deliveries = [Delivery(id, ids(*range(1, 3 + n % 2))) for n, id in enumerate(batch)]
            push(redis, world, deliveries, nobody())
            pushed.update(batch)
            window = parse(b"".join(held(redis, world, 1)))
            assert window is not None
            assert set(window.ids.tolist()) == {id for id in pushed if id > window.floor}
            assert redis.llen(keys.home(world, 1)) <= 11
            assert parse(b"".join(held(redis, world, 2))) is None
    clear(redis, world)
