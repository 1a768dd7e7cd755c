"""A bare number in prose is found; what is no number of the ledger is left alone."""

from pathlib import Path

import pytest

from trainer.catalog.lint import bare_numbers, lint
from trainer.catalog.loader import load_pack

PACKS = Path(__file__).parent / "packs"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("About 500M tweets.", ["500M"]),
        ("With 1,500 candidates, 13.5x and 50%.", ["1,500", "13.5x", "50%"]),
        ("It takes 50ms, or <1 second.", ["50", "1"]),
        ("A 5-step plan", ["5"]),
        ("100,000+ shards", ["100,000+"]),
        ("{{n:dau}} users and 7 more", ["7"]),
        ("150 million followers.", ["150"]),
        ("2000 followers, 2013 and 2,013", ["2000", "2,013"]),
        ("Level 10", ["10"]),
        ("@2x and #3", ["2x", "3"]),
    ],
)
def test_a_bare_number_is_found(text: str, bare: list[str]) -> None:
    assert bare_numbers(text) == bare


@pytest.mark.parametrize(
    "text",
    [
        "{{n:dau}} users read {{n:final-tweets}} tweets.",
        "The p99 of an H3 index.",
        "Level 2 follows Level 1, then Step 3 of Phase 1.",
        "In 2013, and the 2023 post.",
        "Set `retries=3` and `10`.",
        "See [the post](https://example.org/2023/12).",
        "1. First\n2. Second",
        "Three stages, a two-stage ranker, tenfold growth.",
    ],
)
def test_what_is_no_number_of_the_ledger_is_left_alone(text: str) -> None:
    assert bare_numbers(text) == []


def test_a_line_names_the_file_the_field_and_the_slug() -> None:
    pack = load_pack(PACKS / "chat")
    trap = pack.traps[0].model_copy(update={"ask": "Why not poll for 50M users?"})
    [line] = lint(pack.model_copy(update={"traps": (trap,)}))
    assert line == 'traps.yaml:[t1].ask: expected {{n:users}} in place of "50M"'


def test_the_ledger_may_quote_the_figures_of_its_sources() -> None:
    pack = load_pack(PACKS / "chat")
    number = pack.numbers[0].model_copy(update={"worth": "A source says 47M."})
    assert lint(pack.model_copy(update={"numbers": (number,)})) == []
