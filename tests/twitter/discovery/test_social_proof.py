from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.twitter.discovery.interactions import (
    ACCOUNTS,
    TWEETS,
    Deed,
    graph,
    likes,
    overlay,
)
from trainer.twitter.discovery.newest import with_segment
from trainer.twitter.discovery.purity import purity
from trainer.twitter.discovery.social_proof import (
    MOST_PROOFS,
    PUBLIC,
    followed_by,
    liked_by_followees,
    proofs,
)
from trainer.twitter.discovery.walks import Visits
from trainer.twitter.world.population import BOOKMARK, CLICK, HOUR_MS, LIKE, RETWEETED, Lists

accounts = st.integers(0, ACCOUNTS - 1)
deed = st.tuples(accounts, st.integers(0, TWEETS - 1), st.integers(1, 6), st.integers(1, 24))
some = st.lists(accounts, unique=True).map(sorted)
follows = st.lists(some, min_size=ACCOUNTS, max_size=ACCOUNTS)
NOBODY: list[list[int]] = [[]] * ACCOUNTS


def lists(of: Sequence[Sequence[int]]) -> Lists:
    start = np.cumsum([0, *(len(one) for one in of)])
    return Lists(start, np.array([other for one in of for other in one], dtype=np.int32))


def ints(*values: int) -> np.typing.NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(deed, unique_by=lambda d: d[:3], max_size=40),
    follows,
    some,
    st.lists(st.integers(0, TWEETS - 1), max_size=10),
    st.integers(1, 8),
)
def test_proofs_are_as_defined(
    deeds: list[Deed],
    following: list[list[int]],
    followees: list[int],
    asked: list[int],
    segments: int,
) -> None:
    """`asked` may name a tweet more than once: the same answer at each place."""
    rows = ints(*asked)
    authors = rows % ACCOUNTS
    hours = segments * 3
    found = proofs(
        graph(deeds),
        lists(following),
        ints(*followees),
        rows,
        authors,
        window_ms=hours * HOUR_MS,
    )
    for place, (row, author) in enumerate(zip(rows.tolist(), authors.tolist(), strict=True)):
        liked = {a for a, r, kind, ago in deeds if r == row and kind in PUBLIC and ago <= hours}
        liked &= set(followees)
        follow = {one for one in followees if author in following[one]}
        assert found.liked[place] == len(liked)
        assert found.follow[place] == len(follow)
        assert found.either[place] == len(liked | follow)


def test_who_likes_and_retweets_is_one_proof_and_a_click_or_bookmark_is_none() -> None:
    built = graph([(1, 0, LIKE, 1), (1, 0, RETWEETED, 2), (1, 1, CLICK, 1), (1, 2, BOOKMARK, 1)])
    found = proofs(built, lists(NOBODY), ints(1), ints(0, 1, 2), ints(5, 5, 5))
    assert found.liked.tolist() == [1, 0, 0]


def test_more_than_ten_proofs_count_as_ten() -> None:
    fans = 15
    following = lists([[3]] * fans)
    found = proofs(graph([]), following, np.arange(fans), ints(0), ints(3))
    assert found.follow.tolist() == found.either.tolist() == [MOST_PROOFS]
    assert followed_by(following, np.arange(fans), ints(3)).tolist() == [fans]


def test_a_like_in_an_overlay_is_a_proof_and_one_taken_back_is_none_any_more() -> None:
    grown = with_segment(
        graph(likes((1, 0), (2, 3))), *overlay((1, 0, LIKE, False), (1, TWEETS, LIKE, True))
    )
    found = proofs(grown, lists(NOBODY), ints(1, 2), ints(0, 3, TWEETS), ints(5, 5, 5))
    assert found.liked.tolist() == [0, 1, 1]
    assert set(liked_by_followees(grown, ints(1, 2)).row.tolist()) == {3, TWEETS}


def test_liked_by_followees_are_the_heaviest_first_then_the_newest() -> None:
    built = graph(likes((1, 0), (2, 0), (1, 4), (2, 6), (3, 2), (5, 7)))
    found = liked_by_followees(built, ints(1, 2, 3), weights=np.array([1.0, 1.0, 4.0]))
    assert found.row.tolist() == [2, 0, 6, 4]
    assert found.weight.tolist() == [4.0, 2.0, 1.0, 1.0]
    assert found.count.tolist() == [1, 2, 1, 1]


def test_one_who_follows_nobody_has_no_proof() -> None:
    built, nobody = graph(likes((1, 0))), np.empty(0, dtype=np.int64)
    found = proofs(built, lists(NOBODY), nobody, ints(0, 1), ints(1, 2))
    assert found.either.tolist() == [0, 0]
    assert not len(liked_by_followees(built, nobody).row)


def test_purity_is_the_share_of_visits_to_the_readers_own_community() -> None:
    visits = Visits(ints(0, 1, 2), np.array([0.5, 0.3, 0.2]), ints(5, 3, 2))
    everything = ints(0, 1, 0, 1, 2, 2, 2, 1)
    found = purity(visits.score, everything[visits.row], 0, everything)
    assert found.share == 0.7
    assert found.base_rate == 0.25
    assert found.lift == 2.8


def test_the_purity_of_nothing_is_none() -> None:
    found = purity(np.empty(0), ints(), 0, ints())
    assert (found.share, found.base_rate, found.lift) == (0.0, 0.0, 0.0)
