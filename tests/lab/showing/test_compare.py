"""A prediction beside what was measured."""

from itertools import pairwise

import pytest

from trainer.lab.showing.compare import compare, log_error


def marks(**given):
    said = {"predicted": 1_000, "measured": 99_000, "guide": None, "computed": None} | given
    return {each.kind: each for each in compare(**said, unit="writes").marks}


@pytest.mark.parametrize(
    ("predicted", "measured", "words"),
    [
        (1_000, 99_000, "You said 1,000 writes: 99 times too low."),
        (99_999, 1, "You said 99,999 writes: 100,000 times too high."),
        (95, 100, "You said 95 writes: within 10% of what was measured."),
        (140, 100, "You said 140 writes: 40% too high."),
        (100, 100, "You said 100 writes: exactly what was measured."),
        (None, 99_000, "You had no idea; now you have a number: 99,000 writes."),
        (0, 5, "You said 0 writes; measured here: 5 writes. From zero there is no factor."),
        (5, 0, "You said 5 writes; none was measured."),
    ],
)
def test_the_distance_is_said_in_words(predicted, measured, words):
    assert compare(predicted, measured, None, None, "writes").words == words


def test_the_log_error_is_a_power_of_ten():
    assert log_error(1_000, 100_000) == pytest.approx(2)
    assert log_error(100_000, 1_000) == pytest.approx(2)
    assert log_error(5, 5) == 0
    assert log_error(0, 0) == 0


def test_there_is_no_log_error_without_a_factor():
    assert log_error(None, 5) is None
    assert log_error(0, 5) is None
    assert log_error(5, 0) is None


def test_marks_stand_in_the_order_of_their_values():
    found = marks(guide=("The guide", 175_000), computed=("By the formula", 10_000))
    order = sorted(found.values(), key=lambda mark: mark.position)
    assert [each.kind for each in order] == ["you", "computed", "measured", "guide"]
    assert all(0 <= each.position <= 100 for each in order)


def test_every_mark_has_a_row_of_its_own():
    found = marks(predicted=99_000, guide=("The guide", 99_000))
    rows = sorted(each.y for each in found.values())
    assert all(below - above >= 24 for above, below in pairwise(rows))


def test_a_label_stands_where_there_is_room():
    found = marks(predicted=1.2, measured=90_000)
    assert not found["you"].before
    assert found["measured"].before


def test_zero_stands_at_the_left_end():
    assert marks(predicted=0)["you"].position == 0


@pytest.mark.parametrize("measured", [1e-6, 0.5, 1, 3, 1e4, 3.5e11, 1e15])
def test_few_ticks_at_powers_of_ten_span_the_axis(measured):
    ticks = compare(1, measured, None, None, "").ticks
    assert 2 <= len(ticks) <= 5
    assert (ticks[0].position, ticks[-1].position) == (0, 100)
    assert all(b.position - a.position >= 15 for a, b in pairwise(ticks))


def test_all_zero_has_an_axis_too():
    assert len(compare(0, 0, None, None, "").ticks) >= 2


def test_what_a_formula_gave_is_not_called_measured():
    found = compare(1_000, 99_000, None, None, "writes", is_measured=False)
    assert [each.label for each in found.marks] == ["You", "Computed here"]
    close = compare(100, 101, None, None, "writes", is_measured=False)
    assert "computed" in close.words


def test_beside_a_mark_stands_only_what_a_phone_has_room_for():
    (mark,) = compare(None, 2.041e11, None, None, "writes/day").marks
    assert (mark.name, mark.short, mark.text) == (
        "Measured",
        "204.1 billion",
        "204.1 billion writes/day",
    )
    assert compare(None, 5, None, None, "ms").marks[0].short == "5 ms"
