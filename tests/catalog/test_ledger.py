"""Contested numbers have their story, contradictions name what is there, sums are worked out."""

from pathlib import Path

import pytest

from trainer.catalog.loader import load_pack
from trainer.catalog.numbers import split
from trainer.catalog.references import reference_errors
from trainer.catalog.schema import Pack
from trainer.catalog.sums import amount, pieces, sum_of

PACK = load_pack(Path(__file__).parents[2] / "content" / "twitter")


def errors(pack: Pack) -> str:
    parts = ("numbers", "contradictions", "spot")
    return "\n".join(reference_errors({name: getattr(pack, name) for name in parts}))


def with_number(slug: str, **change: object) -> Pack:
    numbers = [n.model_copy(update=change) if n.slug == slug else n for n in PACK.numbers]
    return PACK.model_copy(update={"numbers": tuple(numbers)})


def with_cases(*changes: dict[str, object]) -> Pack:
    cases = [c.model_copy(update=d) for c, d in zip(PACK.contradictions, changes, strict=False)]
    return PACK.model_copy(update={"contradictions": tuple(cases)})


def test_the_pack_itself_has_nothing_wrong() -> None:
    assert errors(PACK) == ""


def test_a_contested_number_without_a_story_is_refused() -> None:
    told = errors(with_number("weight-retweet", story=None))
    assert "numbers.yaml:[weight-retweet].story: expected who says what" in told


def test_a_story_of_a_number_that_is_not_contested_is_refused() -> None:
    told = errors(with_number("dau", story="It is said."))
    assert "numbers.yaml:[dau].story: expected none, as the number is confirmed" in told


def test_a_contradiction_names_numbers_and_answers_that_are_there() -> None:
    told = errors(with_cases({"numbers": ("nope", "dau", "dau"), "item": "nobody"}))
    assert "[scaled-twice].numbers: expected a number of numbers.yaml, but there is no nope" in told
    assert "[scaled-twice].numbers: expected dau once, but it is there 2 times" in told
    assert "[scaled-twice].item: expected a pair of spot.yaml, but there is no nobody" in told
    assert "expected a drill beside it" in errors(with_cases({"drill": None}))


def test_two_contradictions_of_one_id_are_refused() -> None:
    assert "[a]: expected it once, but a is there 2 times" in errors(
        with_cases({"id": "a"}, {"id": "a"})
    )


def test_each_contradiction_is_the_puzzle_of_the_same_id() -> None:
    puzzles = [puzzle.id for lab in PACK.labs for puzzle in lab.puzzles]
    cases = [case.id for case in PACK.contradictions]
    assert len(cases) == 11
    assert sorted(cases) == sorted(set(cases) & set(puzzles))


def test_the_counts_that_the_contradictions_tell_in_words_are_those_of_the_pack() -> None:
    told = {case.id: f"{case.told} {case.follows}" for case in PACK.contradictions}
    assert "fourteen boxes" in told["boxes"]
    assert len(PACK.architecture.components) == 14
    assert "Seven are called essential" in told["questions"]
    assert len(PACK.clarify.essential) == 7


def test_every_number_stands_under_a_heading() -> None:
    assert [n.slug for n in PACK.numbers if not (n.subject or n.key_group)] == []


def test_a_sum_is_worked_out_and_says_how_it_is_told() -> None:
    found = sum_of(PACK.ledger["regular-fanout-writes"], PACK.ledger)
    assert found is not None
    assert "".join(piece.shown for piece in found.pieces) == (
        "500M \N{MULTIPLICATION SIGN} (1 \N{MINUS SIGN} 5%) \N{MULTIPLICATION SIGN} 700"
    )
    assert (found.result, found.told) == ("332.5B", "332B")
    assert sum_of(PACK.ledger["dau"], PACK.ledger) is None


def test_a_sum_follows_the_value_of_what_it_reads() -> None:
    doubled = {n.slug: n for n in with_number("tweets-per-day", value=1e9).numbers}
    found = sum_of(doubled["celebrity-tweets"], doubled)
    assert found is not None
    assert (found.value, found.result, found.told) == (50e6, "50M", "25M")


@pytest.mark.parametrize("number", [n for n in PACK.numbers if n.formula], ids=lambda n: n.slug)
def test_a_formula_is_cut_without_losing_a_character(number) -> None:
    assert "".join(text for text, _ in split(number.formula)) == number.formula
    assert all(piece.text for piece in pieces(number.formula, PACK.ledger))


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (332.5e9, "writes/day", "332.5B"),
        (57_870.37, "runs/s", "57,870"),
        (99_999.6, "users", "100K"),
        (0.5556, "share", "55.56%"),
        (0.0000019048, "share", "0.0001905%"),
        (146.667, "x", "146.7x"),
        (-738, "x", "\N{MINUS SIGN}738x"),
        (810, "ms", "810 ms"),
        (2.5, "PB/year", "2.5 PB"),
        (0, "users", "0"),
        (4e21, "users", "4 \N{MULTIPLICATION SIGN} 10²¹"),
        (float("nan"), "users", "\N{EN DASH}"),
    ],
)
def test_an_amount_is_told_in_its_unit(value: float, unit: str, told: str) -> None:
    assert amount(value, unit) == told
