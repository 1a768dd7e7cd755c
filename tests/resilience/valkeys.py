"""A Valkey of a test's own, to be stopped, killed and started again."""

import signal
import subprocess
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from trainer.runtime.binaries import valkey_program

START_S = 10.0


class Valkey:
    """Listens on `port` and on the socket in `folder`; keeps its data by an append-only file."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.socket = folder / "valkey.sock"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *more: str) -> None:
        self.process = subprocess.Popen(
            [valkey_program(), "--port", str(self.port), "--unixsocket", str(self.socket),
             "--save", "", "--dir", str(self.folder),
             "--appendonly", "yes", "--appendfsync", "always", *more],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + START_S
        while not self._answers():
            assert time.monotonic() < deadline, "Valkey did not start"
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            with Redis(port=self.port) as redis:
                return redis.ping()
        except RedisError:
            return False

    def freeze(self) -> None:
        """Connections are still accepted, by the kernel; nothing is answered."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
