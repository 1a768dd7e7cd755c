"""What every room's tests share: servers of their own, and the browser's settings."""

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import chromium
from tests.settings import EMBEDDED, WORKER
from trainer.runtime.lease import lease

STOP_TIMEOUT_S = 20.0


def embedded() -> list[str]:
    """The servers that are our own, by the variable that names them."""
    return [name for name, url in EMBEDDED.items() if os.environ[name].startswith(url)]


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Our own Postgres goes with its folder. Dropping the database first would only fail where a
    browser's last request still holds it."""
    return "DATABASE_URL" in embedded()


@pytest.fixture(scope="session")
def servers() -> Iterator[None]:
    """Postgres, broker and Redis are there. Every test with a database has them; ask for this
    where only Redis is used."""
    ours = embedded()
    if not ours:
        yield
        return
    with lease(Path(os.environ["DATA_DIR"]), ours, throwaway=True):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, servers: None
) -> None:
    """pytest-django's hook before it makes the test database."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    return {
        **browser_type_launch_args,
        "executable_path": chromium.find(),
        "args": chromium.launch_arguments(),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return {**browser_context_args, "locale": "en-US"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that kill processes stay together on one xdist worker, one after the other, and begin
    first, being the slowest. Browser tests come last: Playwright leaves an event loop in its
    thread, in which no other test could run one of its own. Of them those of a group come first:
    they are many minutes of one worker. (xdist keeps this order with `--no-loadscope-reorder`.)"""
    for item in items:
        if item.get_closest_marker("processes") and not item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("processes"))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    if item.get_closest_marker("browser"):
        return 2 if item.get_closest_marker("xdist_group") else 3
    return 0 if item.get_closest_marker("processes") else 1


def pytest_unconfigure() -> None:
    """The process that made the data folder removes it, when the servers have let go of it."""
    if WORKER:
        return
    data = Path(os.environ["DATA_DIR"])
    lock = data / "keeper.lock"
    deadline = time.monotonic() + STOP_TIMEOUT_S
    with contextlib.suppress(FileNotFoundError), lock.open("r+") as file:
        while time.monotonic() < deadline:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            time.sleep(0.05)
    shutil.rmtree(data, ignore_errors=True)
