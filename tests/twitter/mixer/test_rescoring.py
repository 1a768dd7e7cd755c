"""How a score is made, by hand."""

import numpy as np
import pytest

from tests.twitter.mixer.making import NOW_MS, WEIGHTS, candidates, query
from trainer.twitter.mixer import rescoring
from trainer.twitter.mixer.rescoring import RESCORING
from trainer.twitter.mixer.scoring import ranker, scored
from trainer.twitter.mixer.types import Candidates, Query
from trainer.twitter.world.population import DAY_MS, REPLY, RETWEET, TWEET

FACTORS = {part.name: part for part in RESCORING}


def factor(name: str, asked: Query, given: Candidates) -> list[float]:
    after = FACTORS[name].run(asked, given).candidates
    return pytest.approx(after.factors[name].tolist())


def test_a_score_is_the_sum_of_weight_times_chance() -> None:
    """like .5 x .4 + bookmark 2 x .1 + click .25 x .8 + reply 5 x .02 = .2 + .2 + .2 + .1"""
    chances = np.array([[0.4, 0.1, 0.8, 0.9, 0.02, 0.9]], dtype=np.float32)
    after = scored(candidates([1]), chances, WEIGHTS)
    assert after.score.tolist() == pytest.approx([0.7])
    assert after.chances is chances


def test_a_ranker_scores_afresh_whatever_was_scored_before() -> None:
    before = candidates([1, 2], score=[3.0, 4.0]).times("replies", np.array([0.75, 1.0]))
    part = ranker("heavy", lambda asked, given: np.full((len(given), 6), 0.5, np.float32))
    after = part.run(query(), before).candidates
    assert after.score.tolist() == pytest.approx([3.875, 3.875])  # .5 x (.5 + 2 + .25 + 5)
    assert after.factors == {}
    assert part.fails == "open"


def test_a_reply_counts_three_quarters() -> None:
    given = candidates([1, 2, 3], kind=[TWEET, REPLY, RETWEET])
    assert factor("replies", query(), given) == [1, 0.75, 1]


def test_out_of_network_counts_three_quarters() -> None:
    assert factor("out of network", query(), candidates([1, 2], in_network=[True, False])) == [
        1,
        0.75,
    ]


def test_premium_counts_four_times_in_network_and_twice_out_of_it() -> None:
    given = candidates([1, 2, 3, 4], in_network=[1, 0, 1, 0], is_premium=[1, 1, 0, 0])
    assert factor("premium", query(), given) == [4, 2, 1, 1]


@pytest.mark.parametrize(
    ("days", "left"),
    [(14, 0.2), (14 + 35, 0.4), (14 + 70, 0.6), (14 + 105, 0.8), (14 + 140, 1.0), (1000, 1.0)],
)
def test_fatigue_lets_a_disliked_author_back_within_140_days(days: int, left: float) -> None:
    given = candidates([1, 2], author=[10, 11], shown_author=[10, 11])
    asked = query(disliked=[10], disliked_ms=[NOW_MS - days * DAY_MS])
    assert factor("feedback fatigue", asked, given) == [left, 1]


def test_an_authors_further_tweets_count_less_and_less() -> None:
    """1, .625, .4375, .34375 in the order of their scores, not of their rows."""
    given = candidates([1, 2, 3, 4, 5], author=[7, 7, 8, 7, 7], score=[0.2, 0.9, 0.5, 0.4, 0.1])
    assert factor("author diversity", query(), given) == [0.4375, 1, 1, 0.625, 0.34375]


def test_diversity_never_takes_more_than_three_quarters() -> None:
    given = candidates(list(range(1, 101)), author=7, score=1.0)
    after = FACTORS["author diversity"].run(query(), given).candidates
    assert after.score.min() == pytest.approx(0.25)


def test_among_equals_the_newest_is_the_authors_first() -> None:
    given = candidates([3, 9, 6], author=7, score=0.5)
    assert factor("author diversity", query(), given) == [0.4375, 1, 0.625]


def test_diversity_goes_by_the_author_who_is_read_not_by_who_retweeted() -> None:
    given = candidates(
        [1, 2, 3], author=[7, 8, 7], shown_author=[7, 7, 9], kind=[1, 3, 3], score=[0.9, 0.8, 0.7]
    )
    assert factor("author diversity", query(), given) == [1, 0.625, 1]


def test_diversity_comes_last_and_goes_by_the_scores_that_the_others_leave() -> None:
    """The reply scores better (1.0) than the tweet (.8), and worse once it is known as a reply
    (.75): so the tweet is the author's first. .8 x 1 and .75 x .625 = .46875."""
    left = candidates([1, 2], author=7, kind=[REPLY, TWEET], score=[1.0, 0.8])
    for part in RESCORING:
        left = part.run(query(), left).candidates
    assert left.score.tolist() == pytest.approx([0.46875, 0.8])
    assert list(left.factors) == [part.name for part in RESCORING]
    assert list(left.factors)[-1] == "author diversity"


def test_all_factors_by_hand() -> None:
    """An out-of-network premium reply by someone disliked 84 days ago, the author's second:
    .7 x .75 x .75 x 2 x .6 x .625 = .2953125"""
    chances = np.tile(np.array([[0.4, 0.1, 0.8, 0.9, 0.02, 0.9]], dtype=np.float32), (2, 1))
    kinds = {"kind": [TWEET, REPLY], "in_network": [True, False], "is_premium": True}
    left = scored(candidates([1, 2], author=7, **kinds), chances, WEIGHTS)
    asked = query(disliked=[7], disliked_ms=[NOW_MS - 84 * DAY_MS])
    for part in RESCORING:
        left = part.run(asked, left).candidates
    assert left.score.tolist() == pytest.approx([0.7 * 4 * 0.6, 0.2953125])


@pytest.mark.parametrize("part", RESCORING, ids=lambda part: part.name)
def test_nothing_is_rescored_to_nothing(part: rescoring.Part) -> None:
    assert len(part.run(query(disliked=[7], disliked_ms=[0]), candidates([])).candidates) == 0
