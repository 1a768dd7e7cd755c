"""Long work beside a running site: begun where its result is not ready, one piece after the other,
told, and never repeated. The site's answers are given here; `test_up.py` does it with a whole
site."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from trainer.ops import seeding
from trainer.ops.chain import ASK_EVERY_S, Chain, InTurn, Link, Progress
from trainer.runtime.supervise import Child

ABSENT = Progress("absent", "", 0.0)
READY = Progress("ready", "", 1.0)
SLEEP = "import time; time.sleep(60)"
FAIL = "import sys; print('much'); sys.exit('CommandError: No room on the disk.')"


class Site:
    """What it answers, what was said, and a clock. The links are named a, b, ..."""

    def __init__(self, folder: Path, programs: tuple[str, ...]) -> None:
        self.lines: list[str] = []
        self.now = 100.0
        self.links = [_link(folder, *each) for each in zip("ab", programs, strict=False)]
        self.answer = {link.name: ABSENT for link in self.links}
        self.is_away = False
        self.chain = Chain(self.links, self.ask, self.lines.append, lambda: self.now)

    def ask(self) -> dict[str, Progress] | None:
        return None if self.is_away else self.answer

    def tick(self, **answer: Progress) -> None:
        """Some time later, when the site answers this (and as before of the others)."""
        self.answer |= answer
        self.now += ASK_EVERY_S
        self.chain.tick()

    def end(self, number: int = 0) -> None:
        self.links[number].child.process.wait(20)
        self.chain.tick()

    def running(self) -> str:
        return "".join(link.name for link in self.links if link.child.process)


def _link(folder: Path, name: str, program: str) -> Link:
    child = Child(name, [sys.executable, "-c", program], log=folder / "logs" / f"{name}.log")
    begun, done, failed = (f"{name} {word}" for word in ("is made", "is ready", "was not made"))
    return Link(name, child, begun, done, failed, "all else works", _only_of_ten)


def _only_of_ten(found: Progress) -> str:
    return "" if found.accounts in (0, 10) else f"{found.accounts} are kept"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    made: list[Site] = []

    def make(*programs: str) -> Site:
        made.append(Site(tmp_path, programs))
        return made[-1]

    yield make
    for child in (child for one in made for child in one.chain.children):
        child.ask_to_stop()
        child.wait_stopped()


def test_what_is_ready_is_left_alone(site) -> None:
    site = site("", "")
    for _ in range(4):
        site.tick(a=READY, b=READY)
    assert site.lines == []
    assert site.running() == ""


def test_only_what_is_not_ready_is_made(site) -> None:
    site = site(SLEEP, SLEEP)
    for _ in range(3):
        site.tick(a=READY)
    assert site.running() == "b"


def test_what_is_ready_but_otherwise_than_asked_for_is_kept_and_told_once(site) -> None:
    site = site("")
    for _ in range(3):
        site.tick(a=Progress("ready", "", 1.0, 777))
    assert site.lines == ["777 are kept"]


def test_nothing_is_begun_while_the_site_does_not_say_what_there_is(site) -> None:
    site = site(SLEEP)
    site.is_away = True
    site.tick()
    assert site.running() == ""
    site.is_away = False
    site.tick()
    assert site.running() == "a"


@pytest.mark.parametrize("state", ["absent", "building", "making", "failed"])
def test_what_is_not_ready_is_made_and_told_step_by_step(site, state: str) -> None:
    site = site(SLEEP)
    site.tick(a=Progress(state, "", 0.0))
    site.tick(a=Progress("failed", "it was interrupted", 0.0))  # still of the last time
    for progress in (0.0, 0.1, 0.25, 0.3):
        site.tick(a=Progress("building", "follows", progress))
    site.is_away = True
    site.tick()
    site.is_away = False
    site.tick(a=Progress("making", "tweets", 0.35))
    assert site.lines == [
        "a is made in the background; all else works meanwhile.",
        "  a: 0% follows",
        "  a: 25% follows",
        "  a: 35% tweets",
    ]


def test_one_is_made_after_the_other_and_none_again(site) -> None:
    site = site("", "")
    site.tick()
    assert site.running() == "a"
    site.end()
    assert site.running() == "a"  # the next one only when the site has been asked again
    site.tick(a=READY)
    assert site.running() == "ab"
    site.end(1)
    site.tick(b=READY)
    starts = [" ".join(line.split()[:3]) for line in site.lines]
    assert starts == ["a is made", "a is ready,", "b is made", "b is ready,"]


def test_each_step_of_a_later_link_is_told_from_its_beginning(site) -> None:
    site = site("", SLEEP)
    site.tick()
    site.tick(a=Progress("building", "writing", 0.9))
    site.end()
    site.tick(a=READY)
    site.tick(b=Progress("making", "writing", 0.0))
    assert site.lines[-1] == "  b: 0% writing"


def test_a_failure_is_one_line_with_its_reason_and_ends_the_chain(site) -> None:
    site = site(FAIL, "")
    site.tick()
    site.end()
    for _ in range(3):
        site.tick()
    (line,) = site.lines[1:]
    assert line == (
        f"a was not made (No room on the disk.; see {site.links[0].child.log}): all else works, "
        "and the next start tries again."
    )
    assert site.running() == "a"


def test_a_killed_one_is_told_by_its_signal(site) -> None:
    site = site(SLEEP)
    site.tick()
    site.links[0].child.process.kill()
    site.end()
    assert "(SIGKILL; " in site.lines[-1]


def test_what_another_one_makes_needless_is_not_begun(tmp_path: Path) -> None:
    links = [replace(_link(tmp_path, "a", SLEEP), instead_of="b"), _link(tmp_path, "b", SLEEP)]
    lines: list[str] = []
    chain = Chain(links, lambda: {"a": ABSENT, "b": READY}, lines.append)
    for _ in range(2):
        chain.tick()
    assert chain.is_over
    assert lines == []
    assert not any(link.child.process for link in links)


def test_a_chain_that_failed_does_not_keep_the_next_from_going(tmp_path: Path) -> None:
    links = [_link(tmp_path, "a", FAIL), _link(tmp_path, "b", "")]
    lines: list[str] = []
    answer = {"a": ABSENT, "b": ABSENT}
    both = InTurn([Chain([link], lambda: answer, lines.append) for link in links])
    for link in links:
        both.tick()
        assert link.child.process is not None
        link.child.process.wait(20)
        both.tick()
    assert "a was not made (No room on the disk.;" in lines[1]
    assert lines[-1].startswith("b is ready")


COMMANDS = ["seed_world", "learn_embeddings", "train_rankers"]


def test_the_mini_twitters_chains_are_a_small_world_then_the_default_each_with_its_logs(
    settings,
) -> None:
    settings.WORLD_ACCOUNTS = seeding.SMALL_ACCOUNTS + 1
    small, default = seeding.chains()
    assert [link.name for link in default] == ["world", "embeddings", "rankers"]
    assert [link.name for link in small] == ["small world", "small embeddings", "small rankers"]
    assert all("small" in link.child.command for link in small)
    assert {link.instead_of for link in small} == {"rankers"}
    for links in (small, default):
        assert [link.child.command[5] for link in links] == COMMANDS
        assert all(link.child.command[:3] == ["nice", "-n", "10"] for link in links)
    assert len({link.child.log for link in (*small, *default)}) == 6


def test_a_world_that_is_small_itself_is_made_alone(settings) -> None:
    settings.WORLD_ACCOUNTS = seeding.SMALL_ACCOUNTS
    (default,) = seeding.chains()
    assert [link.name for link in default] == ["world", "embeddings", "rankers"]


def test_a_world_of_another_size_is_kept_and_the_way_to_change_it_told() -> None:
    found = seeding.chains()[-1][0].found
    line = found(Progress("ready", "", 1.0, 777))
    assert "777 accounts is kept" in line
    assert "manage.py drop_world default" in line
    assert found(Progress("ready", "", 1.0, settings.WORLD_ACCOUNTS)) == ""
