from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.twitter.discovery.interactions import (
    ACCOUNTS,
    ENDS_AT_MS,
    TWEETS,
    Deed,
    edges,
    expected,
    graph,
    likes,
    log,
    overlay,
)
from trainer.twitter.columns.delta import OverlayDeeds
from trainer.twitter.discovery.newest import with_segment
from trainer.twitter.discovery.segments import SEGMENT_MS, SEGMENTS, build, rolled
from trainer.twitter.errors import OutOfOrder
from trainer.twitter.world.population import BOOKMARK, HOUR_MS, LIKE, REPLIED, RETWEETED

WINDOW_HOURS = SEGMENTS * SEGMENT_MS // HOUR_MS
accounts, rows, kinds = st.integers(0, ACCOUNTS - 1), st.integers(0, TWEETS - 1), st.integers(1, 6)
deeds_of = st.lists(
    st.tuples(accounts, rows, kinds, st.integers(-6, WINDOW_HOURS + 6)),
    unique_by=lambda deed: deed[:3],
    max_size=40,
)


def turned(edges: Counter[tuple[int, int, int]]) -> Counter[tuple[int, int, int]]:
    return Counter({(row, account, kind): n for (account, row, kind), n in edges.items()})


@settings(max_examples=50, deadline=None)
@given(deeds_of)
def test_the_graph_is_what_was_done_in_the_window_from_either_side(deeds: list[Deed]) -> None:
    built = graph(deeds)
    wanted = expected(deeds, WINDOW_HOURS)
    assert edges(built.users, ACCOUNTS) == wanted
    assert edges(built.tweets, TWEETS) == turned(wanted)
    assert built.users.degree(np.arange(ACCOUNTS)).sum() == wanted.total()


@settings(max_examples=50, deadline=None)
@given(deeds_of)
def test_the_last_segments_hold_what_was_done_lately(deeds: list[Deed]) -> None:
    built = graph(deeds)
    segment_hours = SEGMENT_MS // HOUR_MS
    for lately in (1, 3):
        first = built.since(lately * SEGMENT_MS)
        wanted = expected(deeds, lately * segment_hours)
        assert edges(built.users, ACCOUNTS, first) == wanted
        assert edges(built.tweets, TWEETS, first) == turned(wanted)


def test_a_window_is_rounded_up_to_segments_and_is_all_there_is_at_most() -> None:
    built = graph([])
    assert built.since(SEGMENT_MS + 1) == SEGMENTS - 2
    assert built.since(100 * SEGMENTS * SEGMENT_MS) == 0


@settings(max_examples=50, deadline=None)
@given(deeds_of)
def test_rolling_on_is_building_anew_without_the_oldest(deeds: list[Deed]) -> None:
    """Tweets that are first known by the deeds of the newest segment come with it."""
    history, late = log(deeds), ENDS_AT_MS - SEGMENT_MS
    tweets = int(history.before(late).tweet.max(initial=0)) + 1
    before = build(history, late, ACCOUNTS, tweets)
    on = rolled(before, history, ACCOUNTS, TWEETS)
    anew = build(history, ENDS_AT_MS, ACCOUNTS, TWEETS)
    assert on.at_ms == anew.at_ms
    for one, other in ((on.users.base, anew.users.base), (on.tweets.base, anew.tweets.base)):
        np.testing.assert_array_equal(one.upto, other.upto)
        np.testing.assert_array_equal(one.flat, other.flat)
        np.testing.assert_array_equal(one.kind, other.kind)
        every = np.arange(one.nodes)
        np.testing.assert_array_equal(np.array(one.places(every)), np.array(other.places(every)))


def test_rolling_drops_the_oldest_segment() -> None:
    oldest, later = (0, 1, LIKE, WINDOW_HOURS), (0, 2, LIKE, 1)
    on = rolled(graph([oldest, later]), log([]), ACCOUNTS, TWEETS)
    assert edges(on.users, ACCOUNTS) == Counter({(0, 2, LIKE): 1})
    assert on.count == SEGMENTS


def test_a_graph_does_not_shrink() -> None:
    with pytest.raises(OutOfOrder, match="as of the later instant"):
        rolled(graph([]), log([]), ACCOUNTS, TWEETS - 1)


@settings(max_examples=50, deadline=None)
@given(deeds_of, st.data())
def test_an_overlay_adds_and_takes_back(deeds: list[Deed], data: st.DataObject) -> None:
    """Its own tweets are the rows after the base's; what it takes back may be of any segment."""
    base = sorted({deed[:3] for deed in deeds if deed[3] > 0})
    own = st.tuples(accounts, st.integers(0, TWEETS + 2), kinds)
    added = data.draw(st.lists(own.filter(lambda deed: deed not in base), unique=True, max_size=8))
    taken = data.draw(st.lists(st.sampled_from(base), unique=True)) if base else []
    changes = [(*deed, True) for deed in added] + [(*deed, False) for deed in taken]
    grown = with_segment(graph(deeds), *overlay(*changes))
    left = [deed for deed in deeds if deed[:3] not in taken]
    wanted = expected([*left, *((*deed, 1) for deed in added)], WINDOW_HOURS)
    assert edges(grown.users, ACCOUNTS) == wanted
    assert edges(grown.tweets, TWEETS + 3) == turned(wanted)
    degrees = grown.tweets.degree(np.arange(TWEETS + 3))
    by_row = Counter(row for _, row, _ in wanted.elements())
    assert degrees.tolist() == [by_row[row] for row in range(TWEETS + 3)]


def test_an_overlays_deeds_are_the_newest_segment() -> None:
    grown = with_segment(graph(likes((0, 1))), *overlay((0, 2, LIKE, True)))
    assert edges(grown.users, ACCOUNTS, SEGMENTS) == Counter({(0, 2, LIKE): 1})


def test_the_base_stays_as_it_was() -> None:
    base = graph(likes((0, 1), (2, 1)))
    with_segment(base, *overlay((0, 1, LIKE, False), (0, 3, LIKE, True)))
    assert edges(base.users, ACCOUNTS) == Counter({(0, 1, LIKE): 1, (2, 1, LIKE): 1})


def test_of_two_deeds_with_one_tweet_one_can_be_taken_back() -> None:
    base = graph([(0, 1, LIKE, 1), (0, 1, RETWEETED, 20), (0, 1, REPLIED, 3)])
    grown = with_segment(base, *overlay((0, 1, LIKE, False)))
    left = Counter({(0, 1, RETWEETED): 1, (0, 1, REPLIED): 1})
    assert edges(grown.users, ACCOUNTS) == left
    assert edges(grown.tweets, TWEETS) == turned(left)


def test_only_the_kinds_that_were_asked_for_are_edges_of_an_overlay_too() -> None:
    deeds = log([(0, 1, LIKE, 1), (0, 2, BOOKMARK, 1)])
    base = build(deeds, ENDS_AT_MS, ACCOUNTS, TWEETS, kinds=(LIKE,))
    grown = with_segment(base, *overlay((0, 3, BOOKMARK, True), (0, 4, LIKE, True)))
    assert edges(base.users, ACCOUNTS) == Counter({(0, 1, LIKE): 1})
    assert edges(grown.users, ACCOUNTS) == Counter({(0, 1, LIKE): 1, (0, 4, LIKE): 1})
    on = rolled(base, log([(0, 5, BOOKMARK, 0)]), ACCOUNTS, TWEETS)
    assert edges(on.users, ACCOUNTS) == Counter({(0, 1, LIKE): 1})


def test_a_deed_with_a_tweet_that_nobody_has_is_passed_over() -> None:
    base = graph(likes((0, 1)))
    deeds, rows = overlay((0, 2, LIKE, True), (1, 3, BOOKMARK, True))
    grown = with_segment(base, deeds, np.where(rows == 2, -1, rows))
    assert edges(grown.users, ACCOUNTS) == Counter({(0, 1, LIKE): 1, (1, 3, BOOKMARK): 1})


def test_nothing_done_changes_nothing() -> None:
    base = graph(likes((0, 1)))
    grown = with_segment(base, OverlayDeeds(), np.empty(0, np.int32))
    assert edges(grown.users, ACCOUNTS) == edges(base.users, ACCOUNTS)


def test_neighbours_are_drawn_in_proportion_to_the_degree_in_each_segment() -> None:
    """Three edges in one segment and one in another, and two of the overlay's."""
    base = graph([(0, 0, LIKE, 1), (0, 1, LIKE, 1), (0, 2, LIKE, 1), (0, 3, LIKE, 20)])
    grown = with_segment(base, *overlay((0, 4, LIKE, True), (0, TWEETS, LIKE, True)))
    for segments, neighbours in ((base, 4), (grown, 6)):
        many = np.zeros(60_000, dtype=np.int32)
        drawn = segments.users.draw(many, np.random.default_rng(5))
        share = np.unique_counts(drawn).counts / len(many)
        assert len(share) == neighbours
        assert abs(share - 1 / neighbours).max() < 5 * (0.25 / len(many)) ** 0.5
