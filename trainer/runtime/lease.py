"""A lease on the embedded servers: they run at least as long as it is held."""

import contextlib
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from trainer.runtime.errors import ServersError
from trainer.runtime.layout import Layout, layout, make_data_dir

PROJECT_DIR = Path(__file__).resolve().parents[2]
TIMEOUT_S = 90.0
SERVER_OF = {"DATABASE_URL": "postgres", "BROKER_URL": "broker", "REDIS_URL": "cache"}

# A keeper outlives the lease for which it was started; Python warns of a forgotten child.
_keepers: list[subprocess.Popen[bytes]] = []


class Lease:
    """A held lease. Close it, or end, to let go of the servers."""

    def __init__(self, where: Layout, names: list[str], throwaway: bool) -> None:
        self._where, self._names, self._throwaway = where, names, throwaway
        self._connection = self._connect()

    def renew_if_lost(self) -> bool:
        """Take it anew when the keeper was killed; whether that was so. Call it now and then."""
        if not select.select([self._connection], [], [], 0)[0]:
            return False
        self._connection.close()
        self._connection = self._connect()
        return True

    def close(self) -> None:
        self._connection.close()

    def _connect(self) -> socket.socket:
        deadline = time.monotonic() + TIMEOUT_S
        starting: subprocess.Popen[bytes] | None = None
        while time.monotonic() < deadline:
            if connection := _ask(self._where, self._names):
                return connection
            # No keeper listens: none runs, or one is ending and will let go of its lock.
            if starting is None or starting.poll() is not None:
                if starting is not None and starting.returncode != 0:
                    raise ServersError(_keeper_failed(self._where))
                starting = _start_keeper(self._where, self._throwaway)
            time.sleep(0.02)
        raise ServersError(f"The embedded servers did not start in {TIMEOUT_S:.0f} seconds.")


def take(data_dir: Path, variables: Iterable[str], *, throwaway: bool = False) -> Lease:
    """A lease on the servers behind `variables` (of SERVER_OF), all ready when it returns.

    Starts the keeper where none runs. `throwaway` is for data that nobody keeps: faster, not
    safe after a crash. Raises ServersError with what went wrong and what to do.
    """
    make_data_dir(data_dir)
    return Lease(layout(data_dir), [SERVER_OF[name] for name in variables], throwaway)


@contextlib.contextmanager
def lease(
    data_dir: Path, variables: Iterable[str] = SERVER_OF, *, throwaway: bool = False
) -> Iterator[dict[str, str]]:
    """Hold the embedded servers behind `variables`; gives the address of each. See `take`."""
    wanted = list(variables)
    with contextlib.closing(take(data_dir, wanted, throwaway=throwaway)):
        yield addresses(data_dir, wanted)


def addresses(data_dir: Path, variables: Iterable[str] = SERVER_OF) -> dict[str, str]:
    """The addresses that the embedded servers of `data_dir` have whenever they run."""
    where = layout(data_dir)
    return {name: where.url(name) for name in variables}


def _ask(where: Layout, names: list[str]) -> socket.socket | None:
    """A granted lease, or None where no keeper answered. Raises ServersError if it refused."""
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(TIMEOUT_S)
    answer = b""
    try:
        connection.connect(str(where.keeper_socket))
        connection.sendall(" ".join(names).encode() + b"\n")
        while not answer.endswith(b"\n") and (part := connection.recv(4096)):
            answer += part
    except PermissionError as error:
        raise ServersError(
            f"The servers of {where.data} belong to another user: choose another DATA_DIR."
        ) from error
    except OSError:
        answer = b""
    if answer == b"ready\n":
        return connection
    connection.close()
    if answer.startswith(b"error "):
        raise ServersError(answer.decode().removeprefix("error ").strip())
    return None


def _start_keeper(where: Layout, throwaway: bool) -> subprocess.Popen[bytes]:
    """Start it apart from us: neither our terminal's Ctrl-C nor our end may reach it."""
    where.logs.mkdir(mode=0o700, exist_ok=True)
    with (where.logs / "keeper.log").open("wb") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "trainer.runtime.keeper", str(where.data),
             *(["--throwaway"] if throwaway else [])],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=PROJECT_DIR,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )  # fmt: skip
    _keepers.append(keeper)
    return keeper


def _keeper_failed(where: Layout) -> str:
    said = (where.logs / "keeper.log").read_text(errors="replace").strip().splitlines()
    reason = said[-1].split("ServersError: ")[-1] if said else "it said nothing"
    return f"The embedded servers did not start: {reason}"
