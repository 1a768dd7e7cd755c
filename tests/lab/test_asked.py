"""The question in a query string: what is taken, and what is refused with a sentence."""

import pytest

from trainer.lab.asked import LONGEST, MOST, BadQuestion, HomeAsked, read_faults, read_home
from trainer.resilience.faults import BadFault, Fault

PARTS = ("graph", "heavy")


def test_an_account_is_enough() -> None:
    assert read_home({"account": "7"}, "guide") == HomeAsked(
        "default", 7, "guide", "", None, trace=False, limit=50
    )


def test_everything_can_be_named() -> None:
    given = {
        "world": "w" * 16,
        "account": "@ann",
        "weights": "readme-2023",
        "faults": "heavy:error",
        "cursor": "abc",
        "trace": "1",
        "limit": str(MOST),
    }
    asked = read_home(given, "guide")
    assert asked == HomeAsked(
        "w" * 16, "@ann", "readme-2023", "heavy:error", "abc", trace=True, limit=MOST
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "No account is named: add account="),
        ({"account": ""}, "No account is named: add account="),
        ({"account": "1", "wieghts": "guide"}, "There is no 'wieghts' to ask for: use world, "),
        ({"account": "1", "x" * 9_000: "1"}, f"There is no '{'x' * 40}' to ask for"),
        ({"account": "1", "limit": "0"}, "limit='0' is no such number: give 1 to 200."),
        ({"account": "1", "limit": "201"}, "limit='201' is no such number"),
        ({"account": "1", "limit": "-1"}, "limit='-1' is no such number"),
        ({"account": "1", "limit": ""}, "limit='' is no such number"),
        ({"account": "1", "limit": "٣"}, "limit='٣' is no such number"),
        ({"account": "1", "trace": "2"}, "trace='2' is neither yes nor no: give 1 or 0."),
        ({"account": "1", "trace": "true"}, "trace= has 4 characters: give at most 1."),
    ],
)
def test_what_cannot_be_answered_is_said(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        read_home(given, "guide")
    assert str(refused.value).startswith(sentence)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("name", LONGEST)
def test_no_value_is_longer_than_its_kind_can_be(name: str) -> None:
    with pytest.raises(BadQuestion, match=rf"^{name}= has 100,000 characters: give at most"):
        read_home({"account": "1", name: "9" * 100_000}, "guide")


def test_faults_are_written_part_by_part() -> None:
    assert read_faults("", PARTS) == {}
    assert read_faults("heavy:error,graph:slow:0.5", PARTS) == {
        "heavy": Fault("error"),
        "graph": Fault("slow", 0.5),
    }


@pytest.mark.parametrize(
    "text",
    ["heavy", "heavy:", ":error", ",", "heavy:error:1:2", "heavy:slow:x", "heavy:error,heavy:hang"],
)
def test_what_is_not_written_so_is_refused(text: str) -> None:
    with pytest.raises((BadQuestion, BadFault)):
        read_faults(text, PARTS)


@pytest.mark.parametrize(
    "text", ["nobody:error", "heavy:explode", "heavy:slow:99", "heavy:slow:nan"]
)
def test_faults_that_there_are_not_are_refused(text: str) -> None:
    with pytest.raises(BadFault):
        read_faults(text, PARTS)
