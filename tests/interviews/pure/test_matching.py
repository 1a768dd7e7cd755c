"""Free text against the bank of questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.interviews.matching import MOST_QUESTIONS, Bank, questions_in, stems

BANK = Bank({"users": ("How many users are there?",), "speed": ("How fast must it load?",)})


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Just a statement.", []),
        ("How many users? I assume many.", ["How many users?"]),
        ("how many users and what latency", ["how many users", "what latency"]),
        ("So, is it global", ["So, is it global"]),
        ("I wonder how many there are.", ["I wonder how many there are."]),
        ("Same? Same?", ["Same?"]),
        ("First\nshould it scale", ["should it scale"]),
        ("", []),
    ],
)
def test_the_sentences_that_ask_are_found(text, questions):
    assert questions_in(text) == questions


def test_at_most_twenty_questions_are_taken_from_a_message():
    assert len(questions_in(" ".join(f"Is it {i}?" for i in range(100)))) == MOST_QUESTIONS


@pytest.mark.parametrize("run", [" ", "\n", " \n", "\t", ", ", "? ", "so ", "and "])
def test_a_message_full_of_one_thing_is_read_in_no_time(run):
    """Each would take minutes if splitting were quadratic; the suite's time limit tells."""
    assert len(questions_in("a" + run * (20_000 // len(run)) + "and")) <= MOST_QUESTIONS


def test_a_word_for_word_question_matches_fully():
    match = BANK.match("How many users are there?")
    assert match is not None
    assert (match.id, round(match.score, 6)) == ("users", 1.0)


@pytest.mark.parametrize("text", ["", "?", "Should I?", "Are we the it?", "Why bananas?"])
def test_what_means_nothing_matches_nothing(text):
    assert BANK.match(text) is None


def test_an_empty_bank_matches_nothing():
    assert Bank({}).match("How many users are there?") is None


def test_word_endings_do_not_matter():
    assert stems("loads loading loaded") == ["load"] * 3


@given(st.text(max_size=200))
def test_any_text_is_matched_without_an_error(text):
    for sentence in [*questions_in(text), text]:
        match = BANK.match(sentence)
        assert match is None or 0.55 <= match.score <= 1.000001


def test_what_a_question_points_back_to_belongs_to_it() -> None:
    said = "One more. A celebrity may have 100M followers. What do you expect for those?"
    assert questions_in(said) == [
        "A celebrity may have 100M followers. What do you expect for those?"
    ]
