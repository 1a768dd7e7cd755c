"""The scheduler, as the README starts it on a machine of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.runtime.processes import PROJECT, environ, eventually

pytestmark = pytest.mark.processes
NOWHERE = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": "a-key-of-tests-which-serves-nobody-0123456789-0123456789",
    "PYTHONPATH": str(PROJECT),
}


def test_the_schedule_is_kept_in_the_data_folder_and_not_where_beat_was_started(
    tmp_path: Path,
) -> None:
    data, here = tmp_path / "made" / "data", tmp_path / "here"
    here.mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "trainer.celery", "beat"],
        cwd=here,
        env=environ(data, **NOWHERE),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as beat:
        try:
            eventually(lambda: list(data.glob("beat-schedule*")), 30, "a schedule is written")
        finally:
            beat.terminate()
    assert list(here.iterdir()) == []
