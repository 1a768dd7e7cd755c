"""The threshold lab at full scale."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.capacity.figures import figures
from trainer.capacity.inputs import Inputs
from trainer.capacity.law import threshold_curve

INPUTS = Inputs()
gammas = st.floats(0, 1)
thresholds = st.lists(st.floats(1, 1e9), min_size=2, max_size=20)


@given(gammas, thresholds)
def test_raising_the_threshold_never_lowers_the_pushed_writes(gamma, thresholds):
    points = threshold_curve(Inputs(gamma=gamma), sorted(thresholds))
    for lower, higher in pairwise(points):
        assert higher.pushed_writes >= lower.pushed_writes * (1 - 1e-9)
        assert higher.saved_writes <= lower.saved_writes * (1 + 1e-9)
        assert higher.accounts_at_or_above <= lower.accounts_at_or_above
        assert higher.pulls_per_load <= lower.pulls_per_load * (1 + 1e-9)


@given(gammas, thresholds)
def test_pushed_and_saved_writes_make_the_whole_at_every_threshold(gamma, thresholds):
    inputs = Inputs(gamma=gamma)
    whole = figures(inputs)["law_naive_writes"].value
    for point in threshold_curve(inputs, thresholds):
        assert point.pushed_writes + point.saved_writes == pytest.approx(whole)


def test_the_ends_of_the_curve_are_pull_for_everyone_and_push_for_everyone():
    everyone_pulled, everyone_pushed = threshold_curve(INPUTS, [1, 1e9])
    assert everyone_pulled.pushed_writes == 0
    assert everyone_pulled.accounts_at_or_above == pytest.approx(INPUTS.mau)
    assert everyone_pulled.pulls_per_load == pytest.approx(INPUTS.average_followers)
    assert everyone_pushed.saved_writes == 0
    assert everyone_pushed.pulls_per_load == 0


def test_the_curve_goes_through_the_figures():
    (point,) = threshold_curve(INPUTS, [INPUTS.threshold])
    found = figures(INPUTS)
    assert point.pushed_writes == found["law_hybrid_writes"].value
    assert point.saved_writes == found["law_saved_writes"].value
    assert point.accounts_at_or_above == found["celebrity_accounts"].value
    assert point.pulled_tweet_share == found["law_celebrity_tweet_share"].value
    assert point.pull_lookups == found["pull_lookups_per_day"].value
