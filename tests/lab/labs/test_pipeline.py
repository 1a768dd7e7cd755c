"""The pipeline inspector: its counts and its sums are those of the real thing."""

import pytest

from tests.lab.staging import perform
from tests.twitter.mixer.ranked import a_machine
from trainer.lab.labs import pipeline
from trainer.twitter.mixer import home
from trainer.twitter.world.value import World

pytestmark = pytest.mark.usefixtures("_nothing_known")


@pytest.fixture(autouse=True)
def _few_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = a_machine()  # whose parts are not cut when the tests' machine is busy
    monkeypatch.setattr(home, "of_this_process", lambda: machine)
    monkeypatch.setattr(pipeline, "REQUESTS", 2)


def test_counts_are_conserved_and_every_sum_gives_the_score(base: World) -> None:
    result = perform("pipeline", base)
    rows = result.blocks["funnel"]["rows"]
    for _, came_in, found, dropped, left, *_ in rows:
        assert came_in + found - dropped == left
    assert result.figures["found"] == rows[1][4]
    assert result.figures["served"] == rows[-1][4]
    parts = [row[0] for row in rows]
    before_light = rows[: parts.index("light")]
    assert result.figures["fell_early"] == sum(row[3] for row in before_light) > 0
    assert result.figures["ranked"] == rows[parts.index("heavy")][1]
    dropped = sum(row[2] for row in result.blocks["reasons"]["rows"])
    assert dropped == result.figures["found"] - result.figures["served"]
    assert result.blocks["reconciled"]["tone"] == "green"
    for tweet in result.blocks["served"]["tweets"]:
        score = float(tweet["outcome"].removeprefix("score "))
        assert tweet["sum_"][-1][-1] == pytest.approx(score, rel=1e-5)
        assert score > 0
    assert all(tweet["badges"] for tweet in result.blocks["dropped"]["tweets"])


def test_an_account_can_be_chosen_and_other_weights_make_other_sums(base: World) -> None:
    result = perform("pipeline", base, account="7", weights="release-2026", fetched=200)
    weights = {row[0]: row[2] for row in result.blocks["served"]["tweets"][0]["sum_"]}
    assert weights["chance of a reply"] == 5
    assert weights["chance of a bookmark"] == 0
    assert result.figures["found"] <= 200
