"""A sandbox in tests: its Valkey and its drainer are real processes, which a lab may have killed.
The run itself is done in the test's own process, which is told that it is in the sandbox."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.runtime.processes import eventually
from tests.twitter.processes import environment
from trainer.celery import app
from trainer.ops.sandboxes import Sandbox
from trainer.resilience import dispatch, redis_clients
from trainer.runtime.supervise import stop_all

NUMBER = 1
TICK_S = 0.05
TICKS_A_SWEEP = 10
START_S = 60.0


@contextmanager
def in_sandbox(tmp_path: Path, settings: Any) -> Iterator[Sandbox]:
    """This process is in a sandbox of its own, with a drainer and without a runner; `settings`:
    pytest-django's. The test's rows must be committed."""
    env = environment(tmp_path / "data", broker=settings.CELERY_BROKER_URL, redis="")
    settings.DATA_DIR = tmp_path / "data"
    sandbox = Sandbox(NUMBER, env)
    sandbox.children.remove(sandbox.runner)
    settings.REDIS_URL, settings.SANDBOX_DIR = sandbox.url, sandbox.folder
    settings.SANDBOX = NUMBER
    ended = threading.Event()
    ticking = threading.Thread(target=_tick, args=(sandbox, ended))
    try:
        sandbox.start()
        ticking.start()
        eventually(_answers, START_S, "the sandbox's Valkey answers")
        with _sent_to(sandbox.lane):
            yield sandbox
    finally:
        ended.set()
        ticking.join()
        stop_all(sandbox.children)


def _answers() -> bool:
    try:
        return bool(redis_clients.rebuildable().ping())
    except redis_clients.RedisConnectionError:
        return False


def _tick(sandbox: Sandbox, ended: threading.Event) -> None:
    """As `up` does, but with sweeps more often: a test does not wait for the next one."""
    count = 0
    while not ended.wait(TICK_S):
        sandbox.tick(print)
        count += 1
        if count % TICKS_A_SWEEP == 0:
            sandbox.sweep()


@contextmanager
def _sent_to(queue: str) -> Iterator[None]:
    """Tasks go where this process's own would, had it been started in the sandbox."""
    before = app.conf.task_default_queue
    app.conf.task_default_queue = queue
    dispatch._sender.cache_clear()
    try:
        yield
    finally:
        app.conf.task_default_queue = before
        dispatch._sender.cache_clear()
