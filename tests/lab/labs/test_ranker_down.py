"""The ranker goes down: what the breaker does, and whom it concerns."""

from statistics import median

import pytest

from tests.lab.staging import perform
from tests.twitter.mixer.ranked import a_machine
from trainer.lab.blocks import Result
from trainer.lab.labs import ranker_down
from trainer.twitter import api
from trainer.twitter.mixer import home
from trainer.twitter.world.value import World

pytestmark = pytest.mark.usefixtures("_nothing_known")


@pytest.fixture(autouse=True)
def _briefly_open(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = a_machine()  # whose parts are not cut when the tests' machine is busy
    monkeypatch.setattr(home, "of_this_process", lambda: machine)
    monkeypatch.setattr(ranker_down, "OPEN_S", 0.5)
    monkeypatch.setattr(ranker_down, "POLL_S", 0.2)


def states(result: Result) -> list[tuple[str, str]]:
    frames = result.blocks["steps"]["frames"]
    return [tuple(frame["rows"][-1][1:3]) for frame in frames]


def test_the_breaker_opens_is_probed_and_closes_and_nobody_else_is_disturbed(base: World) -> None:
    result = perform("ranker-down", base, kind="error", requests=15)
    seen = states(result)
    opening = seen.index(("closed", "open"))
    assert ("half-open", "open") in seen[opening:]
    assert seen[-1] == ("half-open", "closed")
    assert result.figures["waited"] == api.BREAKERS.failures
    assert result.figures["answered"] == 100
    assert result.figures["disturbed"] == 0
    assert 0 < result.figures["kept"] < 20  # the light ranker's order is another
    _times_are_of_the_requests_that_they_name(result)
    mine, second, of_base = result.blocks["elsewhere"]["rows"]
    assert mine[3] == 1
    assert second[2:] == of_base[2:] == [3, 0, "closed"]


def _times_are_of_the_requests_that_they_name(result: Result) -> None:
    """On a busy machine one of the late requests may be a probe, which is let through too."""
    rows = [frame["rows"][-1] for frame in result.blocks["steps"]["frames"]]
    before, failing = rows[:6], rows[6:21]
    asked = [row for row in failing if row[1] != "open"]
    for figure, found in (
        ("healthy_ms", before),
        ("waiting_ms", asked),
        ("spared_ms", failing[-5:]),
    ):
        assert result.figures[figure] == pytest.approx(median(row[5] for row in found), abs=0.1)


def test_a_slow_part_that_answers_in_time_is_no_failure(base: World) -> None:
    result = perform("ranker-down", base, kind="slow", part="graph", requests=15)
    assert result.figures["waited"] == 15
    assert set(states(result)) == {("closed", "closed")}
    rungs = result.blocks["rungs"]
    assert [row[0] for row in rungs["rows"]] == [0, 0, 1, 2, 3]
    assert "never judged" in rungs["note"]  # the small world's rankers are untrained
    assert {row[4] for row in rungs["rows"]} == {None}
