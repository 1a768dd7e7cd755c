"""Words that were typed wrong, and the forms in which words are compared."""

import time

import pytest

from trainer.interviews.matching import Bank, questions_in
from trainer.interviews.matching.spelling import Speller
from trainer.interviews.matching.words import telling_words

SPELLER = Speller(["latency", "latency", "search", "region", "plan", "celebrity"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("latency", "latency"),
        ("latncy", "latency"),
        ("lattency", "latency"),
        ("latebcy", "latency"),
        ("laetncy", "latency"),
        ("seach", "search"),
        ("beach", "beach"),
        ("plant", "plant"),
        ("lamp", "lamp"),
        ("", ""),
    ],
)
def test_one_slip_is_put_right_and_other_words_are_left(typed, meant):
    assert SPELLER.meant(typed) == meant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How many ppl?", ["how", "many", "people"]),
        ("Um, 200M users", ["0", "million", "users"]),
        ("200ms or 5", ["0", "ms", "0"]),
        ("What\u2019s p99", ["what's", "p99"]),
    ],
)
def test_words_are_compared_in_one_form(text, words):
    assert telling_words(text) == words


def test_a_question_not_to_ask_gives_way_to_one_in_another_clause():
    bank = Bank(
        {"users": ("How many users?", "Is it millions of users?"), "praise": ("Is that right?",)},
        frozenset({"praise"}),
    )
    both = bank.match("I assume 300 million users, is that right?")
    alone = bank.match("I take the push, is that right?")
    assert both is not None
    assert alone is not None
    assert (both.id, alone.id) == ("users", "praise")


def test_a_message_of_one_endless_word_is_matched_in_no_time():
    bank = Bank({"users": ("How many users?",)})
    started = time.process_time()
    for sentence in questions_in("how " + "a" * 20_000 + " " + "1" * 20_000 + "?"):
        assert bank.match(sentence) is None
    assert time.process_time() - started < 1
