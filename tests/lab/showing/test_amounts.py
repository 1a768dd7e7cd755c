"""How numbers are written for people."""

import math

import pytest

from trainer.lab.showing.amounts import shown


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (12_345, "writes", "12,345 writes"),
        (99_999.0, "writes", "99,999 writes"),
        (1, "writes", "1 write"),
        (1, "queries/day", "1 query/day"),
        (1, "tweets a second", "1 tweet a second"),
        (1, "ms", "1 ms"),
        (1, "CPU-s", "1 CPU-s"),
        (0, "writes", "0 writes"),
        (0.42, "ms", "0.42 ms"),
        (0.123456, "ms", "0.123 ms"),
        (12.3456, "ms", "12.3 ms"),
        (12_345.6, "", "12,350"),
        (12.3456, "x", "12.35x"),
        (999.99, "s", "1,000 s"),
        (350e9, "writes/day", "350 billion writes/day"),
        (1.2345e12, "writes", "1.234 trillion writes"),
        (999_999_999, "", "999,999,999"),
        (3.2, "x", "3.2x"),
        (45, "%", "45%"),
        (-1.5, "", "-1.5"),
        (0.00002, "s", "2 \N{MULTIPLICATION SIGN} 10⁻⁵ s"),
        (3e20, "", "3 \N{MULTIPLICATION SIGN} 10²⁰"),
        (math.inf, "", "\N{EN DASH}"),
    ],
)
def test_an_amount_is_written_with_its_unit(value, unit, text):
    assert shown(value, unit) == text
