"""Weights: the same candidates, other sums."""

import pytest

from tests.lab.staging import perform
from trainer.lab.stage import LabError
from trainer.twitter.world.value import World

pytestmark = pytest.mark.usefixtures("_nothing_known")
KINDS = ("like", "retweet", "reply", "profile_click", "click", "bookmark")


def test_the_same_weights_make_the_same_list(base: World) -> None:
    result = perform("weights", base, set="own")  # the sliders begin with the guide's
    assert result.figures["replaced"] == result.figures["moved"] == 0
    assert all(tweet["rank"] == tweet["was"] for tweet in result.blocks["list"]["tweets"])


def test_all_weight_on_one_kind_orders_by_its_chance(base: World) -> None:
    nothing = dict.fromkeys(KINDS, 0.0)
    result = perform("weights", base, set="own", **{**nothing, "reply": 100.0})
    shares = {row[0]: row[8] for row in result.blocks["kinds"]["rows"]}
    assert shares["reply"] == pytest.approx(100)
    assert result.figures["weight_share"] == pytest.approx(100 * 20 / 67.5)
    for tweet in result.blocks["list"]["tweets"]:
        score = float(tweet["outcome"].removeprefix("score "))
        assert tweet["sum_"][-1][-1] == pytest.approx(score, rel=1e-5)


def test_weights_that_are_all_zero_are_refused(base: World) -> None:
    with pytest.raises(LabError, match="all 0"):
        perform("weights", base, set="own", **dict.fromkeys(KINDS, 0.0))
