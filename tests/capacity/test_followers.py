"""The closed forms against a sum over fine slices, against draws, and the other way round."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.capacity.errors import LawError
from trainer.capacity.followers import (
    TruncatedPareto,
    calibrate,
    fit,
    gamma_of_mean,
    gamma_of_share,
)

TWITTER = fit(mean=700, least=30, most=150e6)
WORLD = fit(mean=53, least=1, most=149_999)

laws = st.builds(
    lambda least, ratio, alpha: TruncatedPareto(least, least * ratio, alpha),
    st.floats(0.5, 100),
    st.floats(1.5, 1e7),
    st.floats(-2, 5) | st.sampled_from([0.0, 1.0, 1 + 1e-12, 1e-12, -1.0]),
)


def by_slices(
    law: TruncatedPareto, power: float, low: float, high: float, gamma: float = 0
) -> float:
    """E[F ** power; low <= F < high] by Simpson's rule over the logarithm of F, with the density
    alone: proportional to F ** -(alpha + 1), and to F ** gamma more for tweets."""

    def whole(power: float, low: float, high: float) -> float:
        logs = np.linspace(math.log(low), math.log(high), 20_001)
        heights = np.exp((power + gamma - law.alpha) * (logs - math.log(law.least)))
        weights = np.ones_like(logs)
        weights[1:-1:2], weights[2:-1:2] = 4, 2
        return float((heights * weights).sum() * (logs[1] - logs[0]) / 3) * law.least**power

    return whole(power, low, high) / whole(0, law.least, law.most)


@given(laws, st.floats(0.01, 0.99))
def test_survival_and_means_agree_with_numeric_integration(law, place):
    threshold = law.least * (law.most / law.least) ** place
    assert law.survival(threshold) == pytest.approx(
        by_slices(law, 0, threshold, law.most), rel=1e-6
    )
    assert law.mean == pytest.approx(by_slices(law, 1, law.least, law.most), rel=1e-6)
    below = by_slices(law, 1, law.least, threshold)
    assert law.mean_below(threshold) == pytest.approx(below, rel=1e-6)


@given(laws, st.floats(-2, 2), st.floats(0.01, 0.99))
def test_the_law_over_tweets_agrees_with_numeric_integration(law, gamma, place):
    tweets = law.size_biased(gamma)
    threshold = law.least * (law.most / law.least) ** place
    share = by_slices(law, 0, threshold, law.most, gamma)
    assert tweets.survival(threshold) == pytest.approx(share, rel=1e-6)
    assert tweets.mean == pytest.approx(by_slices(law, 1, law.least, law.most, gamma), rel=1e-6)


@pytest.mark.parametrize("law", [WORLD, TruncatedPareto(1, 1_000, 0.0), TruncatedPareto(5, 500, 2)])
def test_draws_follow_the_law(law):
    draws = law.quantiles(np.random.default_rng(1).random(1_000_000))
    assert draws.min() >= law.least
    assert draws.max() <= law.most
    spread = math.sqrt((by_slices(law, 2, law.least, law.most) - law.mean**2) / len(draws))
    assert draws.mean() == pytest.approx(law.mean, abs=5 * spread)
    for threshold in (law.least * 2, law.most / 5):
        expected = law.count_at_or_above(threshold, len(draws))
        assert (draws >= threshold).sum() == pytest.approx(expected, abs=5 * math.sqrt(expected))


def test_whole_followers_are_counted_exactly_and_their_mean_falls_by_less_than_one():
    draws = np.floor(WORLD.quantiles((np.arange(2_000_000) + 0.5) / 2_000_000))
    assert (draws >= 100).mean() == pytest.approx(WORLD.survival(100), rel=1e-4)
    assert WORLD.mean - 1 < draws.mean() < WORLD.mean


@given(laws, st.floats(0, 1))
def test_the_quantile_is_the_other_way_round_of_the_survival(law, share):
    assert 1 - law.survival(law.quantile(share)) == pytest.approx(share, abs=1e-9)


@given(laws, st.lists(st.floats(0, 1), min_size=2))
def test_quantiles_rise_with_the_share_and_stay_between_the_ends(law, shares):
    found = law.quantiles(np.sort(np.array(shares)))
    assert (np.diff(found) >= -1e-9 * found[1:]).all()
    assert found[0] >= law.least
    assert found[-1] <= law.most


@given(laws)
def test_the_ends_have_everybody_and_nobody_on_their_far_side(law):
    assert law.survival(0) == law.survival(law.least) == pytest.approx(1)
    assert law.survival(law.most) == law.survival(math.inf) == 0
    assert law.mean_below(law.least) == law.mean_at_or_above(law.most) == 0
    assert law.quantile(0) == pytest.approx(law.least)
    assert law.quantile(1) <= law.most


@given(laws, st.floats(1e-3, 1e9))
def test_the_parts_make_up_the_whole_at_every_threshold(law, threshold):
    parts = law.mean_below(threshold) + law.mean_at_or_above(threshold)
    assert parts == pytest.approx(law.mean, rel=1e-9)


@given(laws, st.floats(0.01, 0.99))
def test_a_threshold_is_found_by_the_followers_held_below_it(law, share):
    threshold = law.threshold_of_mean(share * law.mean)
    assert law.mean_below(threshold) == pytest.approx(share * law.mean, rel=1e-6)


@given(st.floats(1, 50), st.floats(10, 1e7), st.floats(0.02, 0.98))
def test_a_calibrated_law_has_the_mean_it_was_asked_for(least, ratio, place):
    flattest = least * (ratio - 1) / math.log(ratio)
    lowest = least * (1 + 1e-3 + math.log(ratio) / 500)  # the steepest laws have a mean above least
    mean = lowest + place * (flattest - lowest)
    law = fit(mean, least, least * ratio)
    assert law.mean == pytest.approx(mean, rel=1e-9)
    assert law.alpha > 0


@pytest.mark.parametrize(
    ("mean", "least", "most"),
    [(1, 1, 100), (0.5, 1, 100), (50, 1, 100), (200, 1, 100), (math.nan, 1, 100), (5, 0, 100),
     (5, 10, 10), (5, 1, math.inf), (5, -1, 10)],
)  # fmt: skip
def test_a_mean_out_of_reach_is_refused_with_the_reach(mean, least, most):
    with pytest.raises(LawError, match="give"):
        calibrate(mean, least, most)


def test_a_mean_beyond_the_flattest_law_is_told_how_far_it_may_go():
    with pytest.raises(LawError, match=r"below 21\.49"):
        calibrate(22, 1, 100)


@pytest.mark.parametrize("alpha", [1e9, -1e9, math.nan, math.inf])
def test_a_law_too_steep_for_floats_is_refused(alpha):
    with pytest.raises(LawError, match="alpha"):
        TruncatedPareto(1, 100, alpha)


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_a_quantile_of_no_share_is_refused(share):
    with pytest.raises(LawError, match="between 0 and 1"):
        TWITTER.quantile(share)


@given(st.floats(0, 2), st.floats(0.01, 1))
def test_the_more_tweeting_grows_with_followers_the_more_tweets_are_large(gamma, more):
    steeper = TWITTER.size_biased(gamma + more)
    assert steeper.mean > TWITTER.size_biased(gamma).mean
    assert steeper.survival(1e5) > TWITTER.size_biased(gamma).survival(1e5)


def test_without_a_tie_to_followers_the_mean_over_tweets_is_the_mean_over_accounts():
    assert TWITTER.size_biased(0).mean == TWITTER.mean


@pytest.mark.parametrize("share", [0.001, 0.05, 0.5])
def test_a_share_of_tweets_gives_its_gamma(share):
    gamma = gamma_of_share(TWITTER, 1e5, share)
    assert TWITTER.size_biased(gamma).survival(1e5) == pytest.approx(share)


@pytest.mark.parametrize("mean", [100, 700, 5_000, 1e6])
def test_a_mean_over_tweets_gives_its_gamma(mean):
    assert TWITTER.size_biased(gamma_of_mean(TWITTER, mean)).mean == pytest.approx(mean)


@given(st.floats(1, 50), st.floats(1e7, 1e9))
def test_the_steepest_law_stands_for_any_ends(least, most):
    for alpha in (600 / math.log(most / least), -600 / math.log(most / least)):
        law = TruncatedPareto(least, most, alpha)
        assert least <= law.mean <= most


def test_what_no_tweeting_reaches_is_refused():
    with pytest.raises(LawError, match="give"):
        gamma_of_share(TWITTER, 1e5, 1.0)
    with pytest.raises(LawError, match="give"):
        gamma_of_share(TWITTER, 10, 0.5)
    with pytest.raises(LawError, match="give"):
        gamma_of_mean(TWITTER, 150e6)


def test_evenly_spaced_shares_make_a_population_with_the_mean_of_the_law():
    evenly = WORLD.quantiles((np.arange(150_000) + 0.5) / 150_000)
    assert evenly.mean() == pytest.approx(WORLD.mean, rel=0.01)


def test_the_median_at_the_defaults_is_near_the_61_reported_of_active_accounts():
    assert TWITTER.median == pytest.approx(61, rel=0.03)
