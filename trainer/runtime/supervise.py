"""A child process that is started, restarted when it dies, and stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trainer.runtime.identity import Identity, becoming

FIRST_PAUSE_S = 0.25
MAX_PAUSE_S = 30.0
STEADY_S = 30.0  # one that ran this long has recovered: its next pause is short again


@dataclass
class Child:
    """What to run and how; ends when we end, however we end.

    `log` takes its output (None: our own stderr). `stop_timeout_s` after the stop signal it is
    killed.
    """

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    cwd: str = "/"
    log: Path | None = None
    identity: Identity = field(default_factory=Identity)
    pass_fds: tuple[int, ...] = ()
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    stop_timeout_s: float = 8.0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    retry_at: float | None = None

    def start(self) -> None:
        output = self.log.open("ab") if self.log else sys.stderr
        self.started_at, self.retry_at = time.monotonic(), None
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=self.env,
            cwd=self.cwd,
            pass_fds=self.pass_fds,
            start_new_session=True,  # the terminal's Ctrl-C is for us; we stop it in order
            preexec_fn=becoming(self.identity, self.death_signal),
        )
        if self.log:
            output.close()

    def revive(self) -> int | None:
        """Call often: starts it again when it has died, after a growing pause.

        Gives the exit code once, when its end is first seen.
        """
        if self.process is None or self.process.poll() is None:
            return None
        now = time.monotonic()
        if self.retry_at is None:
            self.failures = 1 if now - self.started_at > STEADY_S else self.failures + 1
            self.retry_at = now + min(FIRST_PAUSE_S * 2 ** (self.failures - 1), MAX_PAUSE_S)
            return self.process.returncode
        if now >= self.retry_at:
            self.start()
        return None

    def take_down(self, for_s: float) -> None:
        """Kill it (-9), and let `revive` start it again in `for_s` seconds."""
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        self.retry_at = time.monotonic() + for_s

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def wait_stopped(self) -> None:
        """Wait for its end; one that does not come to it in time is killed."""
        if self.process is None:
            return
        try:
            self.process.wait(self.stop_timeout_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def stop_all(children: Iterable[Child]) -> None:
    """Stop them together, so that it takes as long as the slowest."""
    children = list(children)
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_stopped()
