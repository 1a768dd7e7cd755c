"""Real processes for the tests of this room and of ops: started, watched, and gone afterwards."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
NAMED = (
    *("DATABASE_URL", "BROKER_URL", "REDIS_URL", "SECRET_KEY", "DATA_DIR", "HOST", "PORT"),
    *("SITE_URL", "ALLOWED_HOSTS", "DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE", "WORLD_ACCOUNTS"),
    *("GRADER_MODEL", "OPENAI_API_KEY", "OPENAI_BASE_URL"),
)


def environ(data_dir: Path, **more: str) -> dict[str, str]:
    """An environment that names a data folder and nothing else of ours but `more`."""
    kept = {k: v for k, v in os.environ.items() if k not in NAMED}
    kept["DJANGO_SETTINGS_MODULE"] = "trainer.settings"
    return kept | {"DATA_DIR": str(data_dir)} | more


def manage(*arguments: str, env: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=env,
        capture_output=True,
        text=True,
        timeout=90,
    )


def eventually(condition: Callable[[], object], within_s: float, what: str) -> None:
    """Wait until it holds; what the product promises in `within_s` seconds or less."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {within_s} s: {what}"
        time.sleep(0.05)


def mentioning(text: str) -> list[int]:
    """The ids of the living processes that know `text`: by command line, environment or folder."""
    return [pid for pid in all_processes() if text in _told(pid)]


def all_processes() -> Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def _told(pid: int) -> str:
    folder = Path(f"/proc/{pid}")
    try:
        if (folder / "stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return ""
        here = os.readlink(folder / "cwd")
        told = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        return f"{here} {told.decode(errors='replace')}"
    except OSError:
        return ""


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def only(text: str, pids: list[int]) -> int:
    """The oldest of these processes whose command line holds `text`."""
    return min(pid for pid in pids if text in command_of(pid))


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
