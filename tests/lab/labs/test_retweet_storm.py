"""What a storm of retweets writes with a limit and without, and what one reader sees."""

import pytest

from tests.lab.staging import perform
from trainer.lab.labs.retweet_storm.storming import AT_ONCE
from trainer.twitter.world.value import World

pytestmark = pytest.mark.usefixtures("_nothing_known")


def test_beyond_the_limit_retweets_are_pulled_and_each_reader_sees_one(base: World) -> None:
    result = perform("retweet-storm", base, retweets=40, viral_after=12)
    figures = result.figures
    assert figures["pushed"] + figures["pulled"] == 40
    assert all(row[2] < base.threshold for row in result.blocks["largest"]["rows"])
    assert 12 <= figures["pushed"] < 12 + AT_ONCE  # who retweet at once count at once
    assert 0 < figures["stored"] < figures["attempted"]
    assert figures["stored_share"] == 100 * figures["stored"] / figures["attempted"]
    assert figures["copies"] > 1
    assert figures["seen"] == 1
    attempted, stored = result.blocks["curves"]["series"]
    assert attempted["y"][-1] == figures["attempted"]
    assert stored["y"][-1] == figures["stored"]
    assert stored["y"] == sorted(stored["y"])
    assert stored["y"][12 + 2 * AT_ONCE] == stored["y"][-1]


def test_without_a_limit_only_celebrities_are_pulled(base: World) -> None:
    result = perform("retweet-storm", base, retweets=12, viral_after=0)
    by_followers = [row[2] for row in result.blocks["largest"]["rows"]]
    assert result.figures["pulled"] == sum(each >= base.threshold for each in by_followers)
    assert "Without a limit" in result.blocks["curves"]["note"]
