"""Cursors of a search come back as they were written, and nothing else passes for one."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.twitter.errors import UnknownCursor
from trainer.twitter.search import cursors

IDS = st.integers(0, 2**63 - 1)
SCORES = st.floats(allow_nan=False, allow_infinity=False)


@given(IDS)
def test_a_cursor_by_recency_comes_back(tweet_id: int) -> None:
    assert cursors.read_recency(cursors.write_recency(tweet_id)) == tweet_id


@given(IDS, SCORES, IDS)
def test_a_cursor_by_relevance_comes_back(newest: int, score: float, tweet_id: int) -> None:
    place = cursors.Relevance(newest, score, tweet_id)
    assert cursors.read_relevance(cursors.write_relevance(place)) == place


@pytest.mark.parametrize("cursor", ["", "x", "-1", "1.5", "²", str(2**63), "9" * 500, "1_0.5_2"])
def test_another_text_is_no_cursor_by_recency(cursor: str) -> None:
    with pytest.raises(UnknownCursor):
        cursors.read_recency(cursor)


@pytest.mark.parametrize(
    "cursor", ["", "17", "1_2", "1_nan_2", "1_inf_2", "1_0.5_x", "x_0.5_1", "1_0.5_2_3", "1_²_2"]
)
def test_another_text_is_no_cursor_by_relevance(cursor: str) -> None:
    with pytest.raises(UnknownCursor):
        cursors.read_relevance(cursor)


@given(st.text())
def test_no_text_is_more_than_an_unknown_cursor(cursor: str) -> None:
    for read in (cursors.read_recency, cursors.read_relevance):
        with contextlib.suppress(UnknownCursor):
            read(cursor)
