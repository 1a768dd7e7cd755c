from redis.crc import key_slot

from trainer.twitter import keys

# An account whose four bytes, in the key of its list, look like the end of another key.
MISLEADING = int.from_bytes(b"}:9:", "little")


def test_a_key_is_of_its_own_world_alone() -> None:
    of_accounts = (keys.home, keys.home_lock, keys.followers, keys.following, keys.pulled)
    for make in (*of_accounts, keys.answer):
        for account in (1, 10, 2**31 - 1, MISLEADING):
            assert keys.is_of(9, make(9, account))
            assert not any(keys.is_of(world, make(9, account)) for world in (0, 1, 90, 99))
    assert keys.is_of(9, keys.pullers(9))
    assert keys.is_of(9, keys.ranked(9, 5, 2**64 - 1))
    assert keys.is_of(9, keys.breaker(9, "heavy"))
    assert not keys.is_of(9, keys.home(12, MISLEADING))
    assert not keys.is_of(9, keys.pullers(99))
    assert not keys.is_of(9, b"ops:heartbeat")


def test_the_lists_of_a_reader_in_base_and_overlay_share_a_slot_with_their_locks() -> None:
    for account in (1, 31, 32, 123_456, MISLEADING):
        of_one = [make(world, account) for make in (keys.home, keys.home_lock) for world in (3, 70)]
        assert len({key_slot(key) for key in of_one}) == 1
