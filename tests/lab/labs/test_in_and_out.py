"""In and out of network: what a share of discovery can and cannot do."""

import pytest

from tests.lab.staging import perform
from trainer.lab.labs import in_and_out
from trainer.twitter.world.value import World

pytestmark = pytest.mark.usefixtures("_nothing_known")


@pytest.fixture(autouse=True)
def _few_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_and_out, "READERS", 2)


def test_without_discovery_nothing_gives_way(base: World) -> None:
    figures = perform("in-and-out", base, share=0).figures
    assert figures["lost"] == figures["page_out"] == figures["out_score"] == 0
    assert figures["listed"] > 0


def test_what_comes_and_what_stays_make_the_list(base: World) -> None:
    result = perform("in-and-out", base)
    tweets = {row[0]: row[1] for row in result.blocks["sides"]["rows"]}
    assert tweets["of it: followed"] + tweets["of it: discovered"] == tweets["at 50%"]
    kept = tweets["without discovery"] - tweets["gave way"]
    assert tweets["of it: followed"] >= kept
    assert result.figures["list_out"] == 50
    assert [row[0] for row in result.blocks["sweep"]["rows"]] == list(in_and_out.SWEEP)


def test_of_any_list_two_in_three_are_strangers_at_most(base: World) -> None:
    result = perform("in-and-out", base, share=100)
    listed = result.figures["listed"]
    strangers = listed * result.figures["list_out"] / 100
    assert listed / 2 < strangers <= (2 * listed + 2) / 3
