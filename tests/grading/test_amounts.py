"""Numbers as people type them, in the unit that was asked for."""

import pytest

from trainer.grading.amounts import is_close, read_amount


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("250M", "users", 250e6),
        ("2.5e8", "users", 250e6),
        ("2.5 x 10^8", "users", 250e6),
        ("250 million", "users", 250e6),
        ("250,000,000 users", "users", 250e6),
        ("500M a day", "tweets/day", 500e6),
        ("5,787 per second", "tweets/day", 5_787 * 86_400),
        ("500M/day", "tweets/s", 500e6 / 86_400),
        ("7 TB a day", "PB/year", 2.555),
        ("250M a day", "users", 250e6),
        ("250 000 000", "users", 250e6),
        ("4 200", "ms", 4_200),
        ("-74", "weight", -74),
        ("\N{MINUS SIGN}369", "weight", -369),
        ("2.5 \N{MULTIPLICATION SIGN} 10\N{SUPERSCRIPT EIGHT}", "users", 250e6),
        ("2.5·10^8", "users", 250e6),
        ("ten", "failures", 10),
        ("1.5 s", "s", 1.5),
        ("1,500 ms", "s", 1.5),
        ("1.5", "s", 1.5),
        ("a minute", "s", 60),
        ("220 CPU-s", "CPU-s", 220),
        ("50%", "share", 0.5),
        ("50", "share", 0.5),
        ("0.5", "share", 0.5),
        ("half", "share", 0.5),
        ("50/50", "share", 0.5),
        ("2.5 PB", "PB/year", 2.5),
        ("2,500 TB", "PB/year", 2.5),
        ("10x", "x", 10),
    ],
)
def test_a_number_is_read_in_the_unit_that_was_asked_for(text, unit, value):
    amount = read_amount(text, unit)
    assert amount is not None
    assert amount.value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    ["", "no idea", "100-200", "250M or 300M", "a third of a billion", "1e-320", "1e400", "10^320"],
)
def test_what_is_no_single_number_is_not_guessed_at(text):
    assert read_amount(text, "users") is None


@pytest.mark.parametrize(
    ("text", "unit", "other"),
    [
        ("2.5 PB", "s", "a size in bytes"),
        ("10 s", "failures", "a time"),
        ("50%", "s", "a share"),
        ("10x", "users", "a factor"),
    ],
)
def test_a_unit_of_another_kind_is_told(text, unit, other):
    amount = read_amount(text, unit)
    assert amount is not None
    assert (amount.value, amount.other) == (None, other)


def test_the_tolerance_is_a_share_and_its_bounds_count():
    assert is_close(275e6, 250e6, 0.1)
    assert not is_close(276e6, 250e6, 0.1)
    assert is_close(0.1 + 0.2, 0.3, 0)
    assert not is_close(99_999, 100_000, 0)
