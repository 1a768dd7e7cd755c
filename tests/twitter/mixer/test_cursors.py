"""A cursor leads back to its place, for the reading that it was made for, or is refused."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.twitter.errors import UnknownCursor
from trainer.twitter.mixer.cursors import (
    MOST_OFFSET,
    Chronological,
    Place,
    Ranked,
    Reading,
    decode,
    encode,
)
from trainer.twitter.mixer.types import Weights
from trainer.twitter.tweets import snowflake

GUIDE = Weights("guide", {"like": 1.0, "retweet": 20.0})
READING = Reading(7, 12, GUIDE)
OTHERS = [
    Reading(8, 12, GUIDE),
    Reading(7, 13, GUIDE),
    Reading(71, 2, GUIDE),
    Reading(7, 12, Weights("other", GUIDE.by_kind)),
    Reading(7, 12, Weights("guide", {"like": 1.0, "retweet": 2.0})),
]
PLACES = st.one_of(
    st.builds(
        Ranked,
        st.integers(0, 2**64 - 1),
        st.integers(1, MOST_OFFSET),
        st.integers(0, 2**53),
    ),
    st.builds(Chronological, st.integers(1, snowflake.GREATEST)),
)


@given(place=PLACES)
def test_a_cursor_leads_to_its_place(place: Place) -> None:
    cursor = encode(place, READING)
    assert len(cursor) == 36
    assert decode(cursor, READING) == place


@pytest.mark.parametrize("other", OTHERS)
def test_a_cursor_of_another_world_account_or_weights_is_refused(other: Reading) -> None:
    for place in (Ranked(5, 50, 1), Chronological(5)):
        with pytest.raises(UnknownCursor):
            decode(encode(place, READING), other)


def test_the_order_of_the_weights_does_not_matter() -> None:
    turned = Weights("guide", {"retweet": 20.0, "like": 1.0})
    cursor = encode(Ranked(5, 50, 1), READING)
    assert decode(cursor, Reading(7, 12, turned)) == Ranked(5, 50, 1)


def test_no_cursor_is_the_first_page() -> None:
    assert decode(None, READING) is None


@settings(max_examples=50)
@given(text=st.text(max_size=40))
def test_garbage_is_refused(text: str) -> None:
    with pytest.raises(UnknownCursor):
        decode(text, READING)


@given(place=PLACES, at=st.integers(0, 26), bit=st.integers(0, 7))
def test_one_bit_changed_is_refused(place: Place, at: int, bit: int) -> None:
    whole = bytearray(base64.urlsafe_b64decode(encode(place, READING)))
    whole[at] ^= 1 << bit
    with pytest.raises(UnknownCursor):
        decode(base64.urlsafe_b64encode(bytes(whole)).decode(), READING)


def test_another_spelling_of_the_same_bytes_is_refused() -> None:
    cursor = next(
        made for token in range(100) if "-" in (made := encode(Ranked(token, 1, 1), READING))
    )
    with pytest.raises(UnknownCursor):
        decode(cursor.replace("-", "+"), READING)
