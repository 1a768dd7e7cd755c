"""The matcher on labelled wordings that it was not improved on. `manage.py bench clarify` tells
all figures; here is the floor under them."""

from pathlib import Path

import pytest

from trainer.catalog.yaml_file import read_yaml
from trainer.interviews.benches import ALL, HALVES, OTHER, Wording, read_wordings, tallies
from trainer.interviews.matching import Bank
from trainer.lib.benchmark import CannotMeasure

TESTS = Path(__file__).parents[2]
CLARIFY = TESTS.parent / "content" / "twitter" / "clarify.yaml"
LEAST = 18  # wordings of each question


@pytest.fixture(scope="module")
def bank():
    """Of clarify.yaml alone: the whole pack takes seconds to read."""
    parts = read_yaml(CLARIFY)
    questions = parts["essential"] + parts["avoid"]
    wordings = {each["id"]: (each["ask"], *each["wordings"]) for each in questions}
    return Bank(wordings, frozenset(each["id"] for each in parts["avoid"]))


@pytest.fixture(scope="module")
def wordings():
    return read_wordings(TESTS / "interviews" / "clarify_wordings.yaml")


def test_every_question_has_enough_wordings_in_both_halves(bank, wordings):
    assert {each.half for each in wordings} == set(HALVES)
    assert len({each.text for each in wordings}) == len(wordings)
    for id_ in bank.wordings:
        halves = [each.half for each in wordings if id_ in each.asks]
        assert len(halves) >= LEAST
        assert abs(halves.count("dev") - halves.count("test")) <= LEAST / 3
    assert sum(not each.asks for each in wordings) >= LEAST


def test_wordings_of_the_test_half_are_recognised(bank, wordings):
    found = tallies(bank, (each for each in wordings if each.half == "test"))[ALL]
    assert found.precision >= 0.92
    assert found.recall >= 0.83


def test_those_that_are_not_in_the_bank_word_for_word_are_too(bank, wordings):
    """A few plain ones ("DAU?") are in the bank as well; the rest is what counts."""
    known = {_plain(text) for texts in bank.wordings.values() for text in texts}
    unseen = [each for each in wordings if each.half == "test" and _plain(each.text) not in known]
    found = tallies(bank, unseen)[ALL]
    assert len(unseen) >= 100
    assert found.precision >= 0.91
    assert found.recall >= 0.82


def _plain(text):
    return text.lower().rstrip(".?")


def test_right_wrong_and_missed_are_told_apart():
    small = Bank({"users": ("How many users?",), "speed": ("How fast must it load?",)})
    texts = [
        Wording("How many users? And how fast must it load?", frozenset({"users"}), "dev"),
        Wording("Why bananas?", frozenset({"speed"}), "dev"),
    ]
    found = tallies(small, texts)
    assert (found["users"].precision, found["users"].recall, found["users"].f1) == (1, 1, 1)
    assert (found["speed"].precision, found["speed"].recall, found["speed"].f1) == (0, 0, 0)
    assert (found[ALL].right, found[ALL].wrong, found[ALL].missed) == (1, 1, 1)


def test_labels_are_read_as_ids(tmp_path):
    path = tmp_path / "wordings.yaml"
    path.write_text(
        f"- {{text: a, label: {OTHER}, half: dev}}\n- {{text: b, label: [q1, q2], half: test}}\n"
    )
    assert [each.asks for each in read_wordings(path)] == [frozenset(), frozenset({"q1", "q2"})]


@pytest.mark.parametrize("content", ["- text: a", "- {words: a}", "a: b", "- a", "1"])
def test_a_broken_file_says_so(tmp_path, content):
    path = tmp_path / "wordings.yaml"
    path.write_text(content)
    with pytest.raises(CannotMeasure, match="expected a list of text, label and half"):
        read_wordings(path)


def test_a_missing_file_says_where_to_run(tmp_path):
    with pytest.raises(CannotMeasure, match="Run from a checkout"):
        read_wordings(tmp_path / "none.yaml")
