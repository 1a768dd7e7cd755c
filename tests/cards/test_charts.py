"""Geometry and the cost of a retention, with no server."""

import pytest
from fsrs import Scheduler

from trainer.cards.charts import HEIGHT, bars, line, round_up
from trainer.cards.workload import cost, work_factor


def wait_days(retention: float) -> int:
    """What py-fsrs itself makes a card of a stability of 1,000 days wait."""
    scheduler = Scheduler(desired_retention=retention, enable_fuzzing=False)
    return scheduler._next_interval(stability=1000.0)


@pytest.mark.parametrize("retention", [0.7, 0.8, 0.95, 0.97])
def test_the_cost_of_a_retention_is_that_of_py_fsrs(retention):
    assert work_factor(retention) == pytest.approx(wait_days(0.9) / wait_days(retention), rel=0.01)


def test_the_cost_is_said_in_one_sentence():
    assert cost(0.9) == (
        "At 90%, 10 of 100 cards are forgotten when they come. This is the usual setting."
    )
    assert cost(0.95).endswith("and the same card comes 2.5 times as often as at 90%.")
    assert cost(0.8).endswith("and the same card comes 0.30 times as often as at 90%.")


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (1, 1), (2, 2), (3, 4), (41, 50), (50, 50), (51, 100), (230, 400)]
)
def test_a_scale_ends_at_a_round_number_not_below_the_value(value, top):
    assert round_up(value) == top


def test_the_highest_bar_may_fill_the_plot_and_an_empty_one_has_no_height():
    found = bars([("a", 0), ("b", 50), ("c", 25)], mark_every=2)

    assert [(bar.height, bar.y) for bar in found.bars] == [
        (0, HEIGHT),
        (HEIGHT, 0),
        (HEIGHT / 2, HEIGHT / 2),
    ]
    assert [bar.mark for bar in found.bars] == [True, False, True]


def test_a_week_without_reviews_leaves_a_gap_in_the_line():
    found = line([("a", 0.9), ("b", None), ("c", 0.8), ("d", 1.0)], 0.9)

    assert [dot.name for dot in found.dots] == ["a", "c", "d"]
    assert [(a.name, b.name) for a, b in found.lines] == [("c", "d")]
    assert (found.bottom, found.dots[-1].y) == (0.5, 0)


def test_the_scale_goes_down_to_the_lowest_share():
    assert line([("a", 0.34)], 0.9).bottom_percent == 30
