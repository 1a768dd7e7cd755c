"""What is said of a typed amount, and of parts put in order."""

import pytest

from trainer.cards.checking import check_amount, check_order, kind_of, mixed, placed_by
from trainer.cards.deck.card import Card, Numeric

USERS = Numeric(250e6, "users", 0.05)
STEPS = Card("steps", "ordering", "architecture", "t", "f", "b", order=("A", "B", "C", "D"))


@pytest.mark.parametrize("text", ["250M", "2.5e8", "250 million", "250,000,000", " 250m ", "245M"])
def test_the_same_amount_however_it_is_written_is_right(text):
    verdict = check_amount(USERS, text)
    assert (verdict.right, verdict.proposed) == (True, 3)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2.5M", "Not right: it is 100 times too small."),
        ("300M", "Not right: it is 20% too large."),
        ("0", "Not right: it is another number."),
        ("5 seconds per user", "A time was given where a count is asked."),
        ("10%", "A share was given where a count is asked."),
    ],
)
def test_what_is_wrong_is_said_with_how_far_off_it_is(text, sentence):
    verdict = check_amount(USERS, text)
    assert (verdict.right, verdict.sentence, verdict.proposed) == (False, sentence, 1)


def test_what_is_no_number_is_left_to_the_person():
    verdict = check_amount(USERS, "soon")
    assert (verdict.right, verdict.given, verdict.proposed) == (None, "soon", 0)
    assert check_amount(USERS, "  ") is None


def test_another_unit_of_the_same_kind_is_converted():
    assert check_amount(Numeric(1_500, "ms", 0.02), "1.5 s").right
    assert check_amount(Numeric(0.95, "share", 0.02), "95%").right
    wrong = check_amount(Numeric(1_500, "ms", 0.02), "5 GB")
    assert wrong.sentence == "A size in bytes was given where a time is asked."
    assert [kind_of(unit) for unit in ("tweets/s", "x", "followers", "PB/year")] == [
        "a rate",
        "a factor",
        "a count",
        "a size in bytes",
    ]


def test_the_parts_are_never_offered_in_their_order():
    for seed in range(200):
        order = mixed(STEPS, str(seed))
        assert sorted(order) == [0, 1, 2, 3]
        assert order != (0, 1, 2, 3)
        assert order == mixed(STEPS, str(seed))
    assert mixed(Card("two", "ordering", "architecture", "t", "f", "b", order=("A", "B")), "0") == (
        1,
        0,
    )


def test_an_order_is_checked_part_by_part():
    offered = mixed(STEPS, "7")
    right = {number: place + 1 for number, place in enumerate(offered)}
    assert check_order(STEPS, "7", right).proposed == 3
    swapped = {n: {1: 2, 2: 1}.get(place, place) for n, place in right.items()}
    verdict = check_order(STEPS, "7", swapped)
    assert verdict.sentence == "2 of 4 parts are in their place."
    assert [(part.text, part.belongs, part.right) for part in verdict.parts] == [
        ("B", 2, False),
        ("A", 1, False),
        ("C", 3, True),
        ("D", 4, True),
    ]


def test_places_that_make_no_order_are_refused_with_a_sentence():
    assert (
        "Two parts have the place 2" in check_order(STEPS, "7", {0: 2, 1: 2, 2: 3, 3: 4}).sentence
    )
    assert "from 1 to 4" in check_order(STEPS, "7", {0: 1, 1: 2, 2: 3, 3: 9}).sentence
    assert "from 1 to 4" in check_order(STEPS, "7", {0: 1}).sentence
    assert check_order(STEPS, "7", {}) is None
    assert placed_by(["2", "", "x", "\u0661", "-1", "1"]) == {0: 2, 5: 1}
