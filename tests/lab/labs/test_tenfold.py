"""Growth by the capacity model: what breaks first, and the puzzles of what is told."""

from pathlib import Path
from typing import Any

import pytest

from tests.lab.staging import perform
from trainer.capacity.contradictions import contradictions
from trainer.capacity.inputs import Inputs
from trainer.catalog.packs import get_pack
from trainer.catalog.yaml_file import read_yaml
from trainer.lab.blocks import Result

pytestmark = pytest.mark.usefixtures("db", "servers")
SLUG = "tenfold"
# What the model tells, and the number of the ledger that says the same, in the same unit.
LEDGER = {
    "told_writes_after": "fanout-claim-after",
    "scaled_hybrid_writes": "scaled-fanout-writes",
    "told_qps_after": "qps-claim-after",
    "scaled_timeline_qps": "scaled-timeline-qps",
    "told_index_after": "index-claim",
    "scaled_tweets": "scaled-tweets",
    "claimed_saving": "writes-saved",
    "saved_writes": "writes-saved-at-average",
    "naive_writes": "naive-fanout-writes",
    "loads_per_day": "timeline-loads-per-day",
    "ranking_runs_per_day": "ranking-decisions",
    "storm_followers": "storm-followers",
    "average_followers": "average-followers",
    "storm_writes": "storm-writes",
    "storm_writes_at_average": "storm-writes-at-average",
    "search_worst_ms": "search-latency-worst",
    "celebrity_tweet_share": "celebrity-tweet-share",
}


@pytest.fixture
def result() -> Result:
    return perform(SLUG, None)


def rows(result: Result, id: str) -> Any:
    block: Any = result.blocks[id]
    return block["rows"]


def test_the_threshold_that_keeps_the_writes_is_far_below_the_told_one(result: Result) -> None:
    assert 30 < result.figures["threshold_needed"] < 500
    assert result.figures["told_writes_after"] == pytest.approx(10 * result.figures["writes_after"])
    assert 0 < result.figures["lowering_saves"] < 20


def test_without_growth_the_threshold_stays_where_it_is() -> None:
    result = perform(SLUG, None, growth=1, scaled_threshold=100_000)
    assert result.figures["threshold_needed"] == pytest.approx(100_000, rel=1e-6)
    assert result.figures["lowering_saves"] == pytest.approx(0)
    assert result.figures["told_writes_after"] == result.figures["writes_after"]


def test_search_is_broken_before_growth_and_of_what_grows_the_reads_break_first(
    result: Result,
) -> None:
    first, second, *_ = rows(result, "breaks")
    assert first[0].startswith("Search")
    assert first[1] == pytest.approx(first[2])
    assert second[0].startswith("Timeline loads")
    assert second[3] == pytest.approx(1)


def test_cheaper_runs_move_ranking_down_the_list(result: Result) -> None:
    def place(of: Result) -> int:
        return [row[0].startswith("Busy cores") for row in rows(of, "breaks")].index(True)

    assert place(perform(SLUG, None, cpu_s_per_run=10)) > place(result)


def test_every_puzzle_of_the_content_is_shown_as_it_is_written(result: Result) -> None:
    block: Any = result.blocks["puzzles"]
    lab = get_pack("twitter").lab(SLUG)
    assert lab
    assert len(block["puzzles"]) == len(lab.puzzles) == 11
    assert [each["first"] for each in block["puzzles"]] == [each.first for each in lab.puzzles]
    assert "{{n:writes-saved}}" in block["puzzles"][1]["first"]


def test_what_contradicts_in_the_model_is_the_ledgers_own_number() -> None:
    numbers: Any = read_yaml(Path("content/twitter/numbers.yaml"))
    ledger = {each["slug"]: each["value"] for each in numbers}
    for each in contradictions(Inputs()):
        for name, value in ((each.told_name, each.told), (each.follows_name, each.follows)):
            if name in LEDGER:
                assert value == pytest.approx(ledger[LEDGER[name]], rel=0.01), name


@pytest.mark.parametrize(
    "changes", [{"growth": 40, "scaled_threshold": 50}, {"growth": 40, "cpu_s_per_run": 440}]
)
def test_the_ends_of_the_controls_give_numbers(changes: dict[str, float]) -> None:
    assert perform(SLUG, None, **changes).figures["threshold_needed"] > 30
