"""Who has one process and no time limit says when it began, and is started again when stuck."""

import os
import time
from pathlib import Path

from trainer.ops import busy
from trainer.ops.sandboxes import Sandbox


def test_a_worker_is_busy_from_the_beginning_of_its_task_to_its_end(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "here"
    assert busy.for_s(folder, "lab") == 0
    busy.begin(folder, "lab")
    os.utime(folder / "lab", (time.time() - 100,) * 2)
    assert busy.for_s(folder, "lab") > 99
    assert busy.for_s(folder, "other") == 0
    busy.end(folder, "lab")
    busy.end(folder, "lab")
    assert busy.for_s(folder, "lab") == 0


def test_only_a_worker_that_is_stuck_is_started_again(tmp_path: Path, settings) -> None:
    settings.DATA_DIR = tmp_path
    sandbox, said = Sandbox(1), list[str]()
    folder = sandbox.folder / busy.FOLDER
    for queue, since_s in ((sandbox.lane, 10), ("lab-sandbox", 1_000)):
        busy.begin(folder, queue)
        os.utime(folder / queue, (time.time() - since_s,) * 2)
    sandbox.end_what_is_stuck(said.append)
    sandbox.end_what_is_stuck(said.append)
    assert said == ["runner-1 was 1000 s at one task and is started again."]
