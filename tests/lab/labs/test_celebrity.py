"""What a threshold changes, and what it does not."""

import pytest

from tests.lab.staging import Heard, perform
from tests.twitter.worlds import SMALL_THRESHOLD
from trainer.capacity.inputs import Inputs
from trainer.lab.blocks import Result
from trainer.lab.labs.celebrity.reading import _different
from trainer.twitter.world.value import World

pytestmark = pytest.mark.usefixtures("_nothing_known")
CHOSEN, PUSHED, PULLED = "Your threshold", "Push to everybody", "Pull everybody"


def block(result: Result, id: str) -> dict[str, object]:
    return dict(result.blocks[id])


def rows(result: Result, policy: str) -> list[list[int]]:
    """(attempted, stored, skipped) of each tweet of a policy."""
    found: object = block(result, "posts")["rows"]
    assert isinstance(found, list)
    return [row[4:7] for row in found if row[0] == policy]


def test_below_the_line_is_pushed_at_it_is_pulled_and_all_see_the_same(base: World) -> None:
    heard = Heard()
    result = perform("celebrity", base, heard)
    figures = result.figures
    assert figures["below_writes"] + figures["below_skipped"] == SMALL_THRESHOLD - 1
    assert figures["below_writes"] > 0
    assert figures["at_writes"] == 0
    assert figures["different"] == 0
    assert figures["push_ms"] > 0
    for attempted, stored, skipped in rows(result, PUSHED):
        assert attempted == stored + skipped > 0
    assert rows(result, PULLED) == [[0, 0, 0]] * 4
    assert figures["chosen_writes"] == sum(stored for _, stored, _ in rows(result, CHOSEN))
    assert "its celebrities begin" in str(block(result, "line")["text"]).lower()
    assert str(block(result, "same")["text"]).endswith("stand in them.")
    assert heard.said[-1] == ("Done", 1.0)


def test_above_everybody_all_four_are_pushed_and_still_the_same(base: World) -> None:
    result = perform("celebrity", base, threshold=1_000_000)
    assert rows(result, CHOSEN) == rows(result, PUSHED)
    assert result.figures["chosen_writes"] == result.figures["all_push_writes"]
    assert result.figures["different"] == 0
    assert "line" not in result.blocks
    attempted, *_ = max(rows(result, PUSHED))
    pace_ms = result.figures["largest_push_ms"] / attempted
    assert result.figures["giant_s"] == pytest.approx(Inputs().most_followers * pace_ms / 1000)


def test_entries_that_differ_or_are_missing_are_counted_once_each() -> None:
    one, other, third = (1, "a", None), (1, "b", None), (2, "a", None)
    assert _different([[one, other], [one, other], [one, other]]) == 0
    assert _different([[one, other], [one, third], [one, other]]) == 1
    assert _different([[one, other], [one], []]) == 2
