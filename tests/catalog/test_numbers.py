"""Formulas: the same arithmetic as Python's, and never anything but arithmetic."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.catalog.numbers import FormulaError, evaluate, fill, ledger_errors, render, slugs_in
from trainer.catalog.schema import Number

VALUES = {"a": 2.0, "b-rate": 0.5, "c.d-2": -7.0}


def number(slug: str, value: float, formula: str | None = None, tolerance: float = 0) -> Number:
    return Number(
        slug=slug,
        label=slug,
        value=value,
        unit="",
        text=str(value),
        status="derived",
        worth="A test.",
        formula=formula,
        tolerance=tolerance,
    )


# "@a@" stands for a slug in our formula and for a name in Python's.
leaves = st.one_of(
    st.sampled_from([f"@{slug}@" for slug in VALUES]),
    st.integers(0, 10**9).map(float).map(repr),
    st.floats(0, 1e9, allow_nan=False).map(repr),
)
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(" ".join),
        inner.map("({})".format),
        inner.map("-({})".format),
        st.tuples(inner, inner).map("min({0[0]}, {0[1]})".format),
        st.tuples(inner, inner).map("max({0[0]}, {0[1]})".format),
        inner.map("({}) ** 2".format),
    ),
    max_leaves=12,
)


@given(expressions)
def test_a_formula_is_worth_what_python_says(expression: str) -> None:
    formula, python = expression, expression
    for index, slug in enumerate(VALUES):
        formula = formula.replace(f"@{slug}@", slug)
        python = python.replace(f"@{slug}@", f"name_{index}")
    names = {f"name_{index}": value for index, value in enumerate(VALUES.values())}
    try:
        expected = float(eval(python, {"min": min, "max": max}, names))
    except (ZeroDivisionError, OverflowError):
        expected = math.inf
    if math.isfinite(expected):
        assert evaluate(formula, VALUES) == expected
    else:
        with pytest.raises(FormulaError):
            evaluate(formula, VALUES)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a + b-rate", 2.5),
        ("a - b-rate", 1.5),
        ("c.d-2 * a", -14.0),
        ("1e3 * a", 2000.0),
        ("10 ** 3 / a", 500.0),
        ("min(a, b-rate, 1)", 0.5),
        ("max(a, 3)", 3.0),
        ("-a", -2.0),
        ("  (a)  ", 2.0),
    ],
)
def test_formula(formula: str, value: float) -> None:
    assert evaluate(formula, VALUES) == value


@pytest.mark.parametrize(
    "formula",
    [
        "__import__('os').system('true')",
        "open('x')",
        "a.__class__",
        "exec(a)",
        "[a for a in a]",
        "lambda: a",
        "a if a else a",
        "a < b-rate",
        "a and a",
        "a % 2",
        "a // 2",
        "min(a)",
        "min(*a, a)",
        "max(a, key=a)",
        "min",
        "_0",
        "True",
        "'a'",
        "a a",
        "(a",
        "",
        "()",
        "a, a",
        "a; a",
        "a\n",
        "~a",
        "1j * a",
        "((((((((" * 20 + "a",
    ],
)
def test_anything_but_arithmetic_is_refused(formula: str) -> None:
    with pytest.raises(FormulaError):
        evaluate(formula, VALUES)


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("a / 0", "divides by zero"),
        ("9 ** 9 ** 9 ** 9", "no finite value"),
        ("(0 - a) ** b-rate", "no finite value"),
        ("a * users", '"users" is not one'),
        ("a-1", "a minus needs spaces"),
    ],
)
def test_an_error_is_a_sentence(formula: str, sentence: str) -> None:
    with pytest.raises(FormulaError, match=sentence):
        evaluate(formula, VALUES)


def test_a_formula_may_differ_within_its_tolerance() -> None:
    exact = number("exact", 3)
    assert not ledger_errors([exact, number("near", 10, "exact * 3.34", tolerance=0.01)])


def test_a_formula_that_gives_something_else_is_an_error() -> None:
    [(slug, sentence)] = ledger_errors([number("a", 2), number("twice", 5, "a * 2")])
    assert slug == "twice"
    assert sentence == 'expected 5 within 0.00%, but "a * 2" gives 4'


def test_formulas_that_go_round_are_errors() -> None:
    errors = ledger_errors([number("a", 1, "b"), number("b", 1, "c"), number("c", 1, "a")])
    assert [slug for slug, _ in errors] == ["a", "b", "c"]
    assert errors[0][1].endswith("a -> b -> c -> a")


def test_a_number_that_reads_itself_is_an_error() -> None:
    [(_, sentence)] = ledger_errors([number("a", 1, "a")])
    assert sentence.endswith("a -> a")


def test_slugs_in_a_formula() -> None:
    assert slugs_in("min(a, b-rate) * 1e9 - 2.5 / c.d") == ["a", "b-rate", "c.d"]


def test_render_replaces_only_whole_references() -> None:
    shown = render("{{n:a}} of {{n:b-rate}}, not {{ n:a }} or {n:a}", str.upper)
    assert shown == "A of B-RATE, not {{ n:a }} or {n:a}"


def test_fill_shows_the_texts_of_the_numbers() -> None:
    assert fill([number("a", 2.0)], "{{n:a}} and {{n:a}}") == "2.0 and 2.0"
