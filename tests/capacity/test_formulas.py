import pytest

from trainer.capacity.errors import FormulaError
from trainer.capacity.formulas import Formula, evaluate, with_values


def formula(text: str) -> Formula:
    return Formula("f", "A figure", "x", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a * (1 - b) / 2", 3), ("a - b - 1", 6.5), ("twice(a + b) * b", 8.5), ("7", 7)],
)
def test_a_formula_is_arithmetic_over_names_and_functions(text, expected):
    values, functions = {"a": 8, "b": 0.5}, {"twice": lambda x: 2 * x}
    if text == "a * (1 - b) / 2":
        values = {"a": 12, "b": 0.5}
    assert evaluate(formula(text), values, functions) == expected


@pytest.mark.parametrize(
    "text",
    ["", "a b", "a ** 2", "-a", "a.b", "a[0]", "'a'", "x.y()", "f(a=1)", "a if b else a", "1j"],
)
def test_what_is_not_arithmetic_is_refused_when_it_is_written(text):
    with pytest.raises(FormulaError, match=r"^f: "):
        formula(text)


def test_a_name_without_a_value_is_named():
    with pytest.raises(FormulaError, match="no value for b, g"):
        evaluate(formula("a + g(b)"), {"a": 1}, {})


def test_the_sum_is_shown_with_the_numbers_that_people_read():
    values = {"tweets": 500e6, "share": 0.05, "t": 700, "rate": 5787.037}
    shown = with_values(formula("tweets * (1 - share) * t / of(rate)"), values)
    assert shown == "500,000,000 * (1 - 0.05) * 700 / of(5,787)"
