"""Timelines outlive their Redis, and the lab never touches the site's."""

from typing import Any

import pytest

from tests.lab.staging import perform
from trainer.lab.stage import LabError
from trainer.ops.sandboxes import Sandbox
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.world.value import World


@pytest.mark.usefixtures("_nothing_known")
def test_outside_of_a_sandbox_nothing_is_emptied(base: World) -> None:
    rebuildable().set("somebody's", "1")
    with pytest.raises(LabError, match="in no sandbox"):
        perform("redis-dies", base, how="flush")
    assert rebuildable().get("somebody's") == b"1"


@pytest.mark.usefixtures("_nothing_known")
def test_an_emptied_redis_is_filled_by_each_readers_first_read(base: World, settings: Any) -> None:
    settings.SANDBOX = 1  # the test's own Redis, which is thrown away as one of a sandbox is
    result = perform("redis-dies", base, how="flush", readers=5)
    figures = result.figures
    assert figures["different"] == figures["away_s"] == 0
    assert figures["answered"] == (3 + 1 + 2) * 5
    assert figures["rebuilt"] >= 2 * 5  # each reader's two lists, and what they share
    reads = {row[0]: row[1] for row in result.blocks["phases"]["rows"]}
    assert list(reads.values()) == [15, 5, 5, 5]


@pytest.mark.processes
def test_a_killed_redis_is_not_missed(base: World, sandboxed: Sandbox) -> None:
    result = perform("redis-dies", base, how="stop", readers=3, down_s=1)
    figures = result.figures
    assert figures["different"] == 0
    assert figures["away_s"] > 0
    reads = {row[0]: row[1] for row in result.blocks["phases"]["rows"]}
    assert len(reads) == 4
    assert reads["first read with an empty Redis"] == 3
    first, warm = result.blocks["rebuilding"]["series"]
    assert first["x"] == warm["x"] == [1, 2, 3]
