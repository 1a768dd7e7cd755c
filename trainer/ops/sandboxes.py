"""The sandboxes: in each a lab's run may stop what it likes, and nobody else notices.

A sandbox is a Valkey, a runner, which does the runs, and a drainer, which does the outbox's work of
these runs: rows of the sandbox's own lane, which no other worker touches. So what a killed drainer
leaves undone stays undone until it is back.
"""

import contextlib
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from celery import signature
from django.conf import settings
from redis import RedisError

from trainer.lab import sandbox
from trainer.ops import busy, services
from trainer.resilience import dispatch
from trainer.runtime.errors import ServersError
from trainer.runtime.identity import choose
from trainer.runtime.layout import layout, make_data_dir, make_private
from trainer.runtime.server import build_valkey
from trainer.runtime.supervise import Child

RUNS = "lab-sandbox"  # the queue of all runners
SWEEP = "twitter.sweep"
RESTART_S = 0.5
ALONE = ("--pool", "solo")  # one process: killed, nothing of it goes on


class Sandbox:
    """One of them, not yet started; `env`: of its workers, beside our own environment.

    Raises ServersError where there is no Valkey for it.
    """

    def __init__(self, number: int, env: Mapping[str, str] | None = None) -> None:
        self.folder = settings.DATA_DIR / "sandboxes" / str(number)
        self.lane = f"sandbox-{number}"
        where = layout(settings.DATA_DIR)
        self._run_folder, self._owner = where.run, choose(where.postgres)
        self._logs = where.logs
        self._valkey = build_valkey(self.lane, where, self.folder / "cache")
        self.url = f"unix://{where.valkey_socket(self.lane)}"
        own = {**(env or {}), "SANDBOX": str(number), "REDIS_URL": self.url}
        self.cache = self._valkey.child
        self.drainer = services.worker(f"drainer-{number}", self.lane, *ALONE, env=own)
        self.runner = services.worker(
            f"runner-{number}", RUNS, *ALONE, env=own, stop_timeout_s=services.RUN_STOPS_S
        )
        self.children = [self.cache, self.drainer, self.runner]
        self._workers = ((self.lane, self.drainer), (RUNS, self.runner))
        self._parts: dict[str, Child] = {"worker": self.drainer, "cache": self.cache}

    def start(self) -> None:
        """Start its processes, without waiting for them. Raises ServersError."""
        for folder in (self.folder.parent, self.folder):
            make_data_dir(folder)
        self._logs.mkdir(mode=0o700, exist_ok=True)
        make_private(self._run_folder, self._owner.uid, self._owner.gid)
        self._valkey.prepare()
        for old in (*self._orders(), *(self.folder / busy.FOLDER).glob("*")):
            old.unlink()
        for child in self.children:
            child.start()

    def tick(self, say: Callable[[str], object]) -> None:
        """Call often: does what was ordered, and starts again what died."""
        for path in self._orders():
            self._obey(path, say)
        for child in self.children:
            if (code := child.revive()) is not None:
                say(f"{child.name} ended ({services.why(code)}) and is started again.")
                for queue in (queue for queue, each in self._workers if each is child):
                    busy.end(self.folder / busy.FOLDER, queue)  # its task died with it

    def end_what_is_stuck(self, say: Callable[[str], object]) -> None:
        """Start a worker again whose task takes longer than any may."""
        for queue, child in self._workers:
            busy_s = busy.for_s(self.folder / busy.FOLDER, queue)
            if busy_s > settings.CELERY_TASK_TIME_LIMIT:
                busy.end(self.folder / busy.FOLDER, queue)
                child.take_down(RESTART_S)
                say(f"{child.name} was {busy_s:.0f} s at one task and is started again.")

    def sweep(self) -> None:
        """Have the drainer look for what waits in its lane. None is sent while it is down: without
        a reader such tasks would pile up in the broker."""
        if _is_up(self.drainer):
            dispatch.send(signature(SWEEP), queue=self.lane, expires=sandbox.TOLD_EVERY_S)

    @property
    def takes_runs(self) -> bool:
        return _is_up(self.runner)

    def _orders(self) -> list[Path]:
        return sorted((self.folder / sandbox.ORDERS).glob("*.json"))

    def _obey(self, path: Path, say: Callable[[str], object]) -> None:
        written = path.read_text()
        path.unlink()
        try:
            order: Any = json.loads(written)
            child, for_s = self._parts[order["part"]], float(order["for_s"])
        except (KeyError, TypeError, ValueError):
            say(f"{self.lane} was given an order that cannot be read: {written[:100]}")
            return
        child.take_down(min(for_s, sandbox.LONGEST_S))
        say(f"{child.name} is down for {for_s:g} s, as a lab ordered.")


class Sandboxes:
    """Those of one site: none before `start`. `say` takes a line."""

    def __init__(
        self, say: Callable[[str], object], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._several: list[Sandbox] = []
        self._say, self._clock = say, clock
        self._tell_at = 0.0

    @property
    def children(self) -> list[Child]:
        return [child for each in self._several for child in each.children]

    def start(self, count: int) -> None:
        """Start so many. Where it cannot be done that is said, and the site goes on without."""
        try:
            for number in range(1, count + 1):
                each = Sandbox(number)
                each.start()
                self._several.append(each)
        except ServersError as error:
            self._say(f"A sandbox cannot start, and labs that stop processes need one: {error}")

    def tick(self) -> None:
        """Call often, about every 0.2 s."""
        for each in self._several:
            each.tick(self._say)
        if self._clock() >= self._tell_at:
            self._tell_at = self._clock() + sandbox.TOLD_EVERY_S
            self._tell()

    def _tell(self) -> None:
        for each in self._several:
            each.end_what_is_stuck(self._say)
            each.sweep()
        if any(each.takes_runs for each in self._several):
            with contextlib.suppress(RedisError, OSError):  # it is told again in a moment
                sandbox.say_they_run()


def _is_up(child: Child) -> bool:
    return child.process is not None and child.process.poll() is None
