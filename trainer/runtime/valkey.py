"""The embedded Valkeys: the broker, which keeps what it is given, and those that can be rebuilt:
the site's, and each sandbox's."""

import socket
from pathlib import Path

from trainer.runtime.binaries import valkey_program
from trainer.runtime.layout import Layout

PING_TIMEOUT_S = 2.0


def command(where: Layout, name: str, folder: Path) -> list[str]:
    """The command line of the Valkey called `name`, which keeps in `folder` what it keeps: that is
    something for the `broker` only."""
    kept = ["--appendonly", "yes", "--maxmemory-policy", "noeviction"] if name == "broker" else []
    return [
        str(valkey_program()),
        *("--port", "0", "--daemonize", "no", "--save", ""),
        *("--unixsocket", str(where.valkey_socket(name)), "--unixsocketperm", "700"),
        *("--dir", str(folder)),
        *kept,
    ]


def is_ready(path: Path) -> bool:
    """Whether it answers (not: loads its log)."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PING_TIMEOUT_S)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False
