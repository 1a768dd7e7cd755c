"""The mini Twitter's world, built in the background of a site that has none yet."""

import contextlib
import http.client
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from trainer.ops import services
from trainer.runtime.supervise import Child

PATH = "/health/world"
ASK_EVERY_S = 2.0
TELL_EVERY = 0.2  # of the whole; a new step is told too
READY = "ready"


@dataclass(frozen=True, slots=True)
class Progress:
    """`state` is absent, building, ready or failed; `progress` runs from 0 to 1; `accounts` of the
    world that is there."""

    state: str
    step: str
    progress: float
    accounts: int


def ask(host: str, port: int) -> Progress | None:
    """What the site at this address says of its world; None when it does not answer.

    Asking the site needs no database here: who supervises must not wait for one.
    """
    connection = http.client.HTTPConnection(services.asked_at(host), port, timeout=2)
    try:
        connection.request("GET", PATH)
        answer = connection.getresponse()
        return Progress(**json.load(answer)) if answer.status == 200 else None
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()


class Seeding:
    """Builds the world once, where none is ready; tells how it goes.

    `ask` gives the progress, or None where it is unknown just now; `say` takes a line.
    """

    def __init__(
        self,
        child: Child,
        ask: Callable[[], Progress | None],
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.child = child
        self._ask, self._say, self._clock = ask, say, clock
        self._done = False
        self._ask_at = 0.0
        self._told = Progress("", "", 0.0, 0)

    def tick(self) -> None:
        """Call often, from the first answer of the site on."""
        if self._done:
            return
        process = self.child.process
        if process is not None and process.poll() is not None:
            self._done = True
            self._say(self._outcome(process.returncode))
        elif self._clock() >= self._ask_at:
            self._ask_at = self._clock() + ASK_EVERY_S
            if (now := self._ask()) is not None:
                self._follow(now)

    def _follow(self, now: Progress) -> None:
        if self.child.process is not None:
            self._tell(now)
        elif now.state == READY:
            self._done = True
            if now.accounts != settings.WORLD_ACCOUNTS:
                self._say(
                    f"The mini Twitter's world of {now.accounts:,} accounts is kept. To have one "
                    f"of {settings.WORLD_ACCOUNTS:,}: manage.py drop_world default, then start "
                    "again."
                )
        else:
            self._start()

    def _start(self) -> None:
        if self.child.log:
            self.child.log.parent.mkdir(mode=0o700, exist_ok=True)
            self.child.log.unlink(missing_ok=True)
        self.child.start()
        self._say(
            f"The mini Twitter's world of {settings.WORLD_ACCOUNTS:,} accounts is built in the "
            "background; all else works meanwhile."
        )

    def _tell(self, now: Progress) -> None:
        further = now.progress - self._told.progress >= TELL_EVERY
        if now.state == "building" and (further or now.step != self._told.step):
            self._told = now
            self._say(f"  world: {now.progress:.0%} {now.step}".rstrip())

    def _outcome(self, code: int) -> str:
        if code == 0:
            taken_s = time.monotonic() - self.child.started_at
            return f"The mini Twitter's world is ready, after {taken_s:.0f} s."
        reason = services.why(code) if code < 0 else _last_line(self.child.log)
        return (
            f"The mini Twitter's world was not built ({reason}; see {self.child.log}): "
            "the next start tries again."
        )


def _last_line(log: Path | None) -> str:
    with contextlib.suppress(OSError):
        lines = log.read_text(errors="replace").strip().splitlines() if log else []
        return lines[-1].strip()[:300] if lines else ""
    return ""


def child() -> Child:
    """The process that builds it; everything else on the machine goes before it."""
    return Child(
        name="seed_world",
        command=[
            *("nice", "-n", "10", sys.executable, str(settings.BASE_DIR / "manage.py")),
            *("seed_world", "--accounts", str(settings.WORLD_ACCOUNTS)),
        ],
        env=services.environ(),
        cwd=str(settings.BASE_DIR),
        log=settings.DATA_DIR / "logs" / "seed_world.log",
        stop_timeout_s=3.0,
    )
