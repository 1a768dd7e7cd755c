"""Numbers are read however they are written."""

import pytest

from trainer.grading.offline.numbers import readings


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("100K", 1e5),
        ("100k followers", 1e5),
        ("100,000", 1e5),
        ("100 000", 1e5),
        ("100_000", 1e5),
        ("100.000 followers", 1e5),
        ("a hundred thousand", 1e5),
        ("under a hundred K", 1e5),
        ("0.1M", 1e5),
        ("half a million", 5e5),
        ("1.5 billion", 1.5e9),
        ("1.5bn", 1.5e9),
        ("two and a half billion", 2.5e9),
        ("one hundred and fifty million", 1.5e8),
        ("thirteen and a half", 13.5),
        ("ninety-nine", 99),
        ("17M qps", 1.7e7),
    ],
)
def test_a_number_is_read_as_its_value(text: str, value: float) -> None:
    assert [each.low for each in readings(text)] == [value]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("150 ms", 0.15),
        ("150ms", 0.15),
        ("1.5 s", 1.5),
        ("half a minute", 30),
        ("a second and a half", 1.5),
        ("a full minute", 60),
        ("two hundred millisecond", 0.2),
    ],
)
def test_a_time_is_read_in_seconds(text: str, seconds: float) -> None:
    (found,) = readings(text)
    assert found.seconds == pytest.approx((seconds, seconds))


def test_a_range_has_two_ends_and_shares_its_scale() -> None:
    (found,) = readings("50-100K")
    assert (found.low, found.high) == (5e4, 1e5)


def test_a_fall_from_one_number_to_another_is_two_numbers() -> None:
    assert [each.low for each in readings("from 100K to 50K")] == [1e5, 5e4]


@pytest.mark.parametrize("text", ["p99", "s3", "99th", "a few hundred", "a second region", "k8s"])
def test_names_orders_and_vague_amounts_are_no_numbers(text: str) -> None:
    assert readings(text) == []


def test_numbers_on_two_lines_are_no_range() -> None:
    assert [each.low for each in readings("like 1\n- 220 of them")] == [1, 220]
