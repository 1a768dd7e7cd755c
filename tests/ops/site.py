"""A whole site, started by `manage.py up` on a data folder and a port of its own."""

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.runtime.processes import PROJECT, environ, eventually, free_port, mentioning

START_S, STOP_S = 60, 15


class Site:
    def __init__(self, data: Path, **more: str) -> None:
        self.data, self.port = data, free_port()
        # Neither world nor sandbox unless it is asked for: they would keep both cores busy.
        less = {"WORLD_ACCOUNTS": "0", "SANDBOXES": "0", "LAB_PROCESSES": "1"}
        self.env = environ(data, **{"PORT": str(self.port)} | less | more)
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=PROJECT,
            env=self.env,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said = self.process.stdout.readline()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Status and body; 0 where the connection fails."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}")
        request.headers.update(headers or {})
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def down(self) -> list[str]:
        """What /health/ready says is down."""
        body = self.get("/health/ready")[1]
        return list(json.loads(body)["down"]) if body else ["web"]

    def world(self) -> dict[str, Any]:
        """What /health/world says."""
        return json.loads(self.get("/health/world")[1])

    def await_ready(self, within_s: float = 60) -> None:
        eventually(lambda: self.down() == [], within_s, f"everything is up, not {self.down()}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Signal it, and give its exit code; nothing of it may live on."""
        self.process.send_signal(how)
        code = self.process.wait(STOP_S)
        self.rest = self.process.stdout.read()
        self.process.stdout.close()
        eventually(lambda: not mentioning(str(self.data)), STOP_S, "no process lives on")
        return code
