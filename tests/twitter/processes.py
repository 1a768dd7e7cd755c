"""Celery workers of a test's own: real processes that may be stopped and killed."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection

from tests.runtime.processes import PROJECT, all_processes, environ, eventually

START_S = 60.0
READY = " ready."


class Worker:
    """A Celery worker with one pool process."""

    def __init__(self, log: Path, env: Mapping[str, str]) -> None:
        self._log, self._env = log, env
        self.start()

    def start(self) -> None:
        before = self.said().count(READY)
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "trainer.celery", "worker",
                 "--concurrency", "1", "--loglevel", "INFO",
                 "--without-gossip", "--without-mingle", "--without-heartbeat"],
                cwd=PROJECT, env=self._env, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            eventually(lambda: self.said().count(READY) > before, START_S, "the worker is ready")
        except AssertionError:
            self.kill()
            raise

    def said(self) -> str:
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def pool(self) -> list[int]:
        return [pid for pid in all_processes() if _parent(pid) == self.process.pid]

    def signal(self, number: signal.Signals) -> None:
        """To the worker and to its pool."""
        for pid in (self.process.pid, *self.pool()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def kill(self) -> None:
        """With -9 and at once, as the kernel does when memory runs out."""
        self.signal(signal.SIGKILL)
        self.process.wait()


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def environment(data: Path, *, broker: str, redis: str) -> dict[str, str]:
    """What a process of the site finds in its environment: these servers and this database."""
    return environ(
        data,
        DATABASE_URL=_database_url(),
        BROKER_URL=broker,
        REDIS_URL=redis,
        SECRET_KEY=os.environ["SECRET_KEY"],
    )


def _database_url() -> str:
    """Of the test's database, where its rows are committed; embedded or named, over a socket or
    not."""
    found = connection.get_connection_params()
    more = {name: found[name] for name in ("user", "password", "host", "port") if found.get(name)}
    return f"postgresql:///{found['dbname']}?{urlencode(more, safe='/')}"
