import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.twitter.trends.crowds import NOW, Said, bots, crowd_of_people, mentions
from trainer.twitter.trends.mentions import Mentions, joined
from trainer.twitter.trends.rules import RULES, TrendRules
from trainer.twitter.trends.scoring import author_weights, expectations, scores, tally

SAID = st.builds(
    Said,
    author=st.integers(0, 40),
    ago=st.integers(0, 1500),
    term=st.sampled_from(["one", "two"]),
    weight=st.just(0.5),
)


def score(said: list[Said], term: str = "tag") -> float:
    return score_of(mentions(said), term)


def score_of(counted: Mentions, term: str = "tag") -> float:
    if term not in counted.terms:
        return 0.0
    return float(scores(tally(counted, NOW, RULES), RULES).score[counted.terms.index(term)])


def observed(said: list[Said], term: str = "tag") -> np.ndarray:
    counted = mentions(said)
    return tally(counted, NOW, RULES).observed[counted.terms.index(term)]


def test_an_author_counts_once_a_window_however_often_they_repeat():
    assert observed([Said(1), Said(1, ago=6), Said(1, ago=7), Said(2)])[0] == 2


def test_the_same_author_counts_again_in_another_window():
    assert observed([Said(1, ago=5), Said(1, ago=65)])[:3].tolist() == [1, 1, 0]


def test_a_window_ends_with_the_minute_asked_for():
    assert observed([Said(1, ago=0), Said(2, ago=59), Said(3, ago=60)])[:2].tolist() == [2, 1]


def test_what_is_to_come_is_not_counted():
    assert observed([Said(1, ago=-1), Said(2, ago=0)])[0] == 1


def test_an_author_whose_weight_changed_counts_for_the_least():
    assert observed([Said(1, weight=0.9), Said(1, weight=0.4)])[0] == pytest.approx(0.4)


def test_five_authors_out_of_nothing_score_sixteen():
    assert score(crowd_of_people(5)) == pytest.approx((5 - 1) ** 2 / 1)


def test_a_thousand_people_beat_a_thousand_tweets_of_ten():
    people = score(crowd_of_people(1000))
    assert people == pytest.approx(999**2)
    assert score(bots(1000, 10)) == pytest.approx(9**2)


def test_a_term_that_is_always_busy_does_not_trend():
    busy = [Said(n, ago=hour * 60 + n) for hour in range(24) for n in range(50)]
    assert score(busy) < score(crowd_of_people(5))


def test_a_score_halves_in_a_half_life():
    earlier = [Said(n, ago=240 + n) for n in range(20)]
    assert score(earlier) == pytest.approx(score(crowd_of_people(20)) / 2)


def test_what_peaked_before_the_scored_windows_is_over():
    assert score([Said(n, ago=RULES.scored_min + n) for n in range(20)]) == 0


def test_the_expectation_follows_what_came_before():
    rules = TrendRules(window_min=60, expectation_half_life_min=60, history_min=240)
    counts = np.array([[0.0, 8.0, 4.0, 16.0]])  # the newest first
    assert expectations(counts, rules)[0].tolist() == [7.0, 6.0, 8.0, 1.0]


@pytest.mark.parametrize(
    ("age_days", "weight"), [(-1.0, 0.16), (0.0, 0.16), (15.0, 0.48), (30.0, 0.8), (4000.0, 0.8)]
)
def test_a_new_account_counts_for_less_until_it_is_a_month_old(age_days: float, weight: float):
    found = author_weights(np.array([0.8]), np.array([age_days]), RULES)
    assert found[0] == pytest.approx(weight)


@settings(deadline=None)
@given(st.lists(SAID, max_size=60), SAID)
def test_another_voice_never_lowers_what_is_observed(said: list[Said], more: Said):
    before = mentions(said)
    after = mentions([*said, more])
    place = after.terms.index(more.term)
    now = tally(after, NOW, RULES).observed[place]
    if more.term in before.terms:
        then = tally(before, NOW, RULES).observed[before.terms.index(more.term)]
        assert (now >= then).all()


@settings(deadline=None)
@given(st.lists(SAID, min_size=1, max_size=60), st.floats(0, 1), st.data())
def test_a_repeat_never_raises_what_is_observed(
    said: list[Said], weight: float, data: st.DataObject
):
    one = data.draw(st.sampled_from(said))
    repeat = Said(one.author, one.ago, one.term, weight=weight)
    assert (observed([*said, repeat], one.term) <= observed(said, one.term)).all()


@settings(deadline=None)
@given(st.lists(SAID, max_size=40), st.lists(SAID, max_size=40))
def test_deleting_everything_returns_to_the_score_before(base: list[Said], overlay: list[Said]):
    before = mentions(base)
    gone = [Said(s.author, s.ago, s.term, s.weight, is_retracted=True) for s in overlay]
    after = joined(before, mentions(gone, first_tweet=1000))
    for term in ("one", "two"):
        assert score_of(after, term) == pytest.approx(score_of(before, term))


@settings(deadline=None)
@given(st.lists(SAID, max_size=40), st.lists(SAID, max_size=40))
def test_base_and_overlay_count_as_if_they_were_one(base: list[Said], overlay: list[Said]):
    together = mentions([*base, *overlay])
    apart = joined(mentions(base), mentions(overlay, first_tweet=1 + len(base)))
    for term in ("one", "two"):
        assert score_of(apart, term) == pytest.approx(score_of(together, term))


def test_a_base_tweet_that_the_overlay_deletes_is_not_counted():
    base = mentions(crowd_of_people(10))
    gone = mentions([Said(0, ago=0, is_retracted=True)], first_tweet=1)
    assert score_of(joined(base, gone)) == pytest.approx((9 - 1) ** 2)
