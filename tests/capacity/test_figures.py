"""The figures: each follows from its inputs, and the guide's numbers come out of the defaults."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.capacity.figures import CONSTANTS, SUBJECTS, figures, law_functions
from trainer.capacity.inputs import Inputs, described

INPUTS = Inputs()
FIGURES = figures(INPUTS)


def value(name: str, **moved: float) -> float:
    return figures(Inputs(**moved))[name].value if moved else FIGURES[name].value


def test_every_figure_has_a_value_a_unit_a_formula_and_the_inputs_behind_it():
    inputs = {each.name for each in described()}
    for figure in FIGURES.values():
        assert math.isfinite(figure.value), figure
        assert figure.unit
        assert figure.label
        assert figure.formula
        assert figure.inputs
        assert set(figure.inputs) <= inputs
        assert not figure.problem


def test_no_two_figures_inputs_or_constants_share_a_name():
    names = [formula.name for formulas in SUBJECTS.values() for formula in formulas]
    names += [each.name for each in described()] + list(CONSTANTS) + list(law_functions(INPUTS))
    assert len(names) == len(set(names))


def test_every_input_is_behind_some_figure():
    used = {name for figure in FIGURES.values() for name in figure.inputs}
    assert used == {each.name for each in described()}


@pytest.mark.parametrize("each", described(), ids=lambda each: each.name)
def test_a_figure_moves_only_when_an_input_behind_it_moves(each):
    moved = figures(Inputs(**{each.name: _nudged(each)}))
    for name, figure in FIGURES.items():
        if each.name not in figure.inputs:
            assert moved[name].value == figure.value, name
    assert any(moved[name].value != figure.value for name, figure in FIGURES.items())


def _nudged(each) -> float:
    down = {"dau", "final_tweets", "heavy_candidates", "pull_latency_low_ms"}
    return each.default * (0.9 if each.name in down else 1.1) or 0.1


def test_the_sum_shows_the_values_in_the_formula():
    figure = FIGURES["hybrid_writes"]
    assert figure.formula == "tweets_per_day * (1 - celebrity_tweet_share) * average_followers"
    assert figure.sum == "500,000,000 * (1 - 0.05) * 700"
    assert figure.inputs == ("tweets_per_day", "celebrity_tweet_share", "average_followers")


def test_no_sum_still_holds_a_name_of_an_input():
    for figure in FIGURES.values():
        words = set(re.findall(r"[a-z_]\w+", figure.sum))
        assert words <= set(law_functions(INPUTS)), figure.sum


# -- The numbers of the guide


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tweets_per_s", 5_787.04),
        ("naive_writes", 350e9),
        ("hybrid_writes", 332.5e9),
        ("saved_writes", 17.5e9),
        ("largest_account_writes", 1.5e9),
        ("saved_writes_at_threshold", 2.5e12),
        ("storm_writes", 100e6),
        ("storm_writes_at_average", 70e6),
        ("timeline_qps", 175_000),
        ("timeline_peak_qps", 300_000),
        ("loads_per_day", 15.12e9),
        ("cached_share", 0.6693),
        ("runs_per_s", 57_870.4),
        ("scorings_per_day", 7.5e12),
        ("cores_busy", 12.73e6),
        ("parallelism", 146.667),
        ("storage_per_year_bytes", 2.5e15),
        ("search_sum_ms", 810),
        ("search_worst_ms", 1_310),
        ("breaker_trip_share", 1.905e-6),
        ("scaled_hybrid_writes", 3.325e12),
        ("told_writes_after", 33.25e12),
        ("told_qps_after", 17.5e6),
        ("told_index_after", 50e9),
        ("timeline_memory_bytes", 3.6e12),
    ],
)
def test_the_defaults_give_the_numbers_of_the_guide(name, expected):
    assert value(name) == pytest.approx(expected, rel=5e-4)


# -- What the law says of them


def test_by_the_law_the_hybrid_saves_more_than_by_the_average_and_yet_no_trillions():
    assert value("law_naive_writes") == pytest.approx(value("naive_writes"))
    assert value("law_saved_writes") == pytest.approx(204e9, rel=0.01)
    assert (
        value("saved_writes")
        < value("law_saved_writes")
        < value("naive_writes")
        < INPUTS.claimed_saving
    )


def test_trillions_need_thousands_of_followers_spared_per_tweet():
    assert value("followers_per_tweet_for_claim") == 2_000
    gamma = value("gamma_for_claim")
    assert value("law_saved_writes", gamma=gamma) == pytest.approx(1e12)
    assert value("followers_per_tweet", gamma=gamma) == pytest.approx(2_486, rel=0.01)


def test_the_told_share_of_celebrity_tweets_would_make_it_hundreds_of_trillions():
    moved = figures(Inputs(gamma=value("gamma_for_share")))
    assert moved["law_celebrity_tweet_share"].value == pytest.approx(0.05)
    assert moved["law_saved_writes"].value > 100e12


def test_when_all_accounts_tweet_alike_a_saved_write_costs_as_many_lookups_as_a_tweet_has_loads():
    """Both sides carry the celebrities' followers: writes once a tweet, lookups once a load."""
    assert value("lookups_per_saved_write") == pytest.approx(value("loads_per_tweet"))


def test_halving_the_threshold_at_ten_times_the_size_saves_a_tenth_and_not_nine_tenths():
    at_half = value("scaled_law_hybrid_writes_at_lower_threshold")
    assert 0.85 < at_half / value("scaled_law_hybrid_writes") < 0.95
    threshold = value("threshold_for_same_writes")
    kept = value("law_hybrid_writes", threshold=threshold) * INPUTS.growth
    assert kept == pytest.approx(value("law_hybrid_writes"))
    assert threshold < 100


# -- What holds of any inputs

moved_inputs = st.builds(
    Inputs,
    threshold=st.floats(1, 1e9),
    gamma=st.floats(0, 1),
    tweets_per_day=st.floats(1e3, 1e12),
    celebrity_tweet_share=st.floats(0, 1),
    average_followers=st.floats(100, 1e5),
    least_followers=st.floats(1, 50),
    most_followers=st.floats(1e7, 1e9),
)


@given(moved_inputs)
def test_the_hybrid_never_writes_more_than_the_naive_way_and_both_parts_make_the_whole(inputs):
    found = {name: each.value for name, each in figures(inputs).items()}
    assert 0 <= found["hybrid_writes"] <= found["naive_writes"]
    assert found["law_hybrid_writes"] <= found["law_naive_writes"] * (1 + 1e-9)
    parts = found["law_hybrid_writes"] + found["law_saved_writes"]
    assert parts == pytest.approx(found["law_naive_writes"])
    parts = found["hybrid_writes"] + found["saved_writes"]
    assert parts == pytest.approx(found["naive_writes"])
    assert found["cached_share"] + found["uncached_share"] == pytest.approx(1)


@given(moved_inputs)
def test_a_figure_without_an_answer_says_why_and_every_other_is_a_number(inputs):
    for figure in figures(inputs).values():
        assert math.isnan(figure.value) == bool(figure.problem), figure
        if figure.problem:
            assert figure.name in {"gamma_for_claim", "gamma_for_share", "lookups_per_saved_write"}
