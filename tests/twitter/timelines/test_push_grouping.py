import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.twitter.graph.packed import DTYPE, Ids
from trainer.twitter.keys import BUCKETS
from trainer.twitter.timelines.grouping import groups

ACCOUNTS = 200
audiences = st.lists(st.sets(st.integers(0, ACCOUNTS - 1)), min_size=1, max_size=9)


def ids(numbers: set[int]) -> Ids:
    return np.array(sorted(numbers), dtype=DTYPE)


def gathered(lists: list[Ids], per_call: int) -> dict[int, list[int]]:
    """Which lists each follower's group gives it; the groups themselves are looked at."""
    found: dict[int, list[int]] = {}
    for group in groups(lists, ACCOUNTS, per_call):
        assert 0 < len(group.followers) <= per_call
        assert set((group.followers % BUCKETS).tolist()) == {group.bucket}
        assert len(group.places) == group.counts.sum()
        assert set(group.tweets.tolist()) == set((group.places - 1).tolist())
        parts = np.split(group.places, np.cumsum(group.counts)[:-1])
        for follower, part in zip(group.followers.tolist(), parts, strict=True):
            assert follower not in found
            found[follower] = (part - 1).tolist()
    return found


@given(audiences, st.integers(1, 5))
def test_every_follower_comes_once_with_its_own_tweets(sets: list[set[int]], most: int) -> None:
    expected = {
        follower: [n for n, some in enumerate(sets) if follower in some]
        for follower in set().union(*sets)
    }
    assert gathered([ids(some) for some in sets], most) == expected


@given(st.sets(st.integers(0, ACCOUNTS - 1)), st.integers(1, 5), st.integers(1, 5))
def test_one_audience_gets_all_tweets(some: set[int], tweets: int, most: int) -> None:
    lists = [ids(some)] * tweets
    assert gathered(lists, most) == {follower: list(range(tweets)) for follower in some}


@pytest.mark.parametrize("number", [1, 255])
def test_a_group_takes_as_many_tweets_as_a_byte_can_name(number: int) -> None:
    lists = [ids({7, n % 2}) for n in range(number)]
    assert gathered(lists, 1000)[7] == list(range(number))
