"""What a person may type as a prediction."""

import pytest

from trainer.lab.showing.typed import NotAnAmount, read_amount


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1,000", "writes", 1_000),
        ("1 000 000", "", 1_000_000),
        ("1.5M", "writes", 1_500_000),
        ("100k", "writes", 100_000),
        ("100k writes", "writes", 100_000),
        ("2e6", "", 2_000_000),
        ("3 billion", "writes/day", 3e9),
        ("3 billion writes/day", "writes/day", 3e9),
        ("50%", "%", 50),
        ("50%", "", 50),
        ("0.5", "", 0.5),
        (".5", "", 0.5),
        ("0", "writes", 0),
        (" 20 ms ", "ms", 20),
        ("20MS", "ms", 20),
        ("1 write", "writes", 1),
        ("3.2x", "x", 3.2),
        ("~500", "writes", 500),
        ("about 500", "writes", 500),
    ],
)
def test_a_number_is_read_as_people_write_it(text, unit, value):
    assert read_amount(text, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("", "no idea"),
        ("   ", "no idea"),
        ("many", "is not a number"),
        ("nan", "is not a number"),
        ("inf", "is not a number"),
        ("-5", "below zero"),
        ("1,5", "with a point"),
        ("1,00,000", "two ways"),
        ("5 seconds", "in ms"),
        ("20 30", "in ms"),
        ("1e999", "too large"),
        ("1" * 61, "61 characters"),
        ("1.2.3", "in ms"),
    ],
)
def test_nonsense_is_refused_with_the_remedy(text, remedy):
    with pytest.raises(NotAnAmount, match=remedy):
        read_amount(text, "ms")


def test_the_refusal_is_a_sentence():
    with pytest.raises(ValueError, match=r"\.$"):
        read_amount("lots")
