"""The keeper: one process per data folder that owns the embedded servers.

Whoever needs servers connects to its socket, says which, and keeps the connection open: that is
the lease. The kernel closes it however its holder ends. With the last lease the keeper stops
the servers and ends; when the keeper itself is killed, the kernel ends its servers.

    ask:    postgres broker cache
    answer: ready   |   error <a sentence>
"""

import contextlib
import fcntl
import os
import selectors
import signal
import socket
import sys
import time
from pathlib import Path

from trainer.runtime.errors import ServersError
from trainer.runtime.identity import choose
from trainer.runtime.layout import Layout, layout, make_data_dir, make_private
from trainer.runtime.server import Server, build
from trainer.runtime.supervise import stop_all

START_TIMEOUT_S = 60.0
FIRST_LEASE_TIMEOUT_S = 10.0
REQUEST_TIMEOUT_S = 1.0
TICK_S = 0.2


class Keeper:
    """The servers, the leases, and the loop over both."""

    def __init__(self, where: Layout, throwaway: bool) -> None:
        self.where = where
        self.throwaway = throwaway
        self.servers: dict[str, Server] = {}
        self.leases: set[socket.socket] = set()
        self.stopping = False
        self.idle_until = time.monotonic() + FIRST_LEASE_TIMEOUT_S
        self.selector = selectors.DefaultSelector()
        self.door = socket.socket(socket.AF_UNIX)

    def open_door(self) -> None:
        self.where.keeper_socket.unlink(missing_ok=True)  # of a killed keeper: we hold its lock
        self.door.bind(str(self.where.keeper_socket))
        self.door.listen(64)
        self.selector.register(self.door, selectors.EVENT_READ)

    def run(self) -> None:
        """Serve leases until the last one ends (or none comes)."""
        while not self.stopping:
            for key, _ in self.selector.select(TICK_S):
                if key.fileobj is self.door:
                    self.grant(self.door.accept()[0])
                elif isinstance(key.fileobj, socket.socket):
                    self.release(key.fileobj)
            for server in self.servers.values():
                server.child.revive()
            if self.leases:
                self.idle_until = 0.0
            elif time.monotonic() >= self.idle_until:
                self.stopping = True

    def grant(self, user: socket.socket) -> None:
        """Answer one who asks, when what they ask for is ready."""
        user.settimeout(REQUEST_TIMEOUT_S)
        with contextlib.suppress(OSError):
            names = user.recv(200).decode("ascii", "replace").split()
            try:
                self.ensure(names)
                user.sendall(b"ready\n")
            except (ServersError, OSError) as error:
                self.idle_until = 0.0  # who was refused may be the last: do not linger
                user.sendall(f"error {error}\n".encode())
            else:
                self.leases.add(user)
                self.selector.register(user, selectors.EVENT_READ)
                return
        user.close()

    def release(self, user: socket.socket) -> None:
        """A holder's connection became readable: it ended (holders never write again)."""
        self.selector.unregister(user)
        self.leases.discard(user)
        user.close()

    def ensure(self, names: list[str]) -> None:
        """Start those of `names` that do not run, and wait until all are ready."""
        for name in sorted(names):  # Valkeys first: they are up while Postgres starts
            if name not in self.servers:
                server = build(name, self.where, self.throwaway)
                server.prepare()
                server.child.start()
                self.servers[name] = server
        deadline = time.monotonic() + START_TIMEOUT_S
        waiting = [self.servers[name] for name in names]
        while waiting := [server for server in waiting if not server.is_ready()]:
            for server in waiting:
                server.child.revive()
            if time.monotonic() > deadline or self.stopping:
                raise ServersError(_did_not_start(waiting[0]))
            time.sleep(0.02)

    def close(self) -> None:
        """Let nobody in, then stop all servers."""
        self.door.close()
        self.where.keeper_socket.unlink(missing_ok=True)
        for user in self.leases:
            user.close()
        stop_all(server.child for server in self.servers.values())


def _did_not_start(server: Server) -> str:
    log = server.child.log
    lines = log.read_text(errors="replace").strip().splitlines() if log else []
    said = lines[-1] if lines else "it said nothing"
    return f"The embedded {server.child.name} does not start: {said} (see {log})."


def main() -> None:
    data_dir, *flags = sys.argv[1:]
    where = layout(Path(data_dir))
    make_data_dir(where.data)
    lock = os.open(where.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # another keeper runs, or ends just now: who started us tries again
    chosen = choose(where.postgres)
    make_private(where.run, chosen.uid, chosen.gid)
    keeper = Keeper(where, throwaway="--throwaway" in flags)

    def stop(*_: object) -> None:
        keeper.stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    keeper.open_door()
    try:
        keeper.run()
    finally:
        keeper.close()


if __name__ == "__main__":
    main()
