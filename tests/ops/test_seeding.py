"""Building the world beside a running site: started once where none is ready, told, and never
repeated. The site's answers are given here; `test_up.py` does it with a whole site."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from trainer.ops.seeding import ASK_EVERY_S, Progress, Seeding
from trainer.runtime.supervise import Child

ABSENT = Progress("absent", "", 0.0, 0)
READY = Progress("ready", "", 1.0, settings.WORLD_ACCOUNTS)


class Site:
    """What it answers, what was said, and a clock."""

    def __init__(self, folder: Path, program: str) -> None:
        self.answer: Progress | None = ABSENT
        self.lines: list[str] = []
        self.now = 100.0
        command = [sys.executable, "-c", program]
        self.child = Child("seed_world", command, log=folder / "logs" / "seed_world.log")
        self.seeding = Seeding(self.child, lambda: self.answer, self.lines.append, self.clock)

    def clock(self) -> float:
        return self.now

    def tick(self, answer: Progress | None) -> None:
        self.answer = answer
        self.now += ASK_EVERY_S
        self.seeding.tick()

    def end(self) -> None:
        self.child.process.wait(20)
        self.seeding.tick()


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], Site]:
    made: list[Site] = []

    def make(program: str) -> Site:
        made.append(Site(tmp_path, program))
        return made[-1]

    yield make
    for one in made:
        one.child.ask_to_stop()
        one.child.wait_stopped()


def test_a_ready_world_is_left_alone(site) -> None:
    site = site("")
    for _ in range(3):
        site.tick(READY)
    assert site.lines == []
    assert site.child.process is None


def test_a_world_of_another_size_is_kept_and_the_way_to_change_it_told(site) -> None:
    site = site("")
    for _ in range(3):
        site.tick(Progress("ready", "", 1.0, 777))
    (line,) = site.lines
    assert "777 accounts is kept" in line
    assert "manage.py drop_world default" in line
    assert site.child.process is None


def test_nothing_is_begun_while_the_site_does_not_say_what_there_is(site) -> None:
    site = site("")
    site.tick(None)
    assert site.child.process is None
    site.tick(ABSENT)
    assert site.child.process is not None


@pytest.mark.parametrize("state", ["absent", "building", "failed"])
def test_a_world_that_is_not_ready_is_built_and_told_step_by_step(site, state: str) -> None:
    site = site("import time; time.sleep(60)")
    site.tick(Progress(state, "", 0.0, 0))
    site.tick(ABSENT)
    for progress in (0.0, 0.1, 0.25, 0.3):
        site.tick(Progress("building", "follows", progress, 500))
    site.tick(None)
    site.tick(Progress("building", "tweets", 0.35, 500))
    assert "accounts is built in the background" in site.lines[0]
    assert site.lines[1:] == ["  world: 0% follows", "  world: 25% follows", "  world: 35% tweets"]


def test_a_built_world_is_told_and_not_built_again(site) -> None:
    site = site("")
    site.tick(ABSENT)
    site.end()
    site.tick(ABSENT)
    assert "is ready, after" in site.lines[-1]
    assert len(site.lines) == 2


def test_a_failure_is_one_line_with_its_reason_and_is_not_repeated(site) -> None:
    site = site("import sys; print('much'); sys.exit('No room on the disk.')")
    site.tick(ABSENT)
    site.end()
    site.tick(ABSENT)
    (line,) = site.lines[1:]
    assert "was not built (No room on the disk.; see " in line
    assert str(site.child.log) in line


def test_a_killed_one_is_told_by_its_signal(site) -> None:
    site = site("import time; time.sleep(60)")
    site.tick(ABSENT)
    site.child.process.kill()
    site.end()
    assert "(SIGKILL; " in site.lines[-1]
