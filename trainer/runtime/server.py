"""The embedded servers, each as a child process with a way to ask whether it is ready."""

import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trainer.runtime import postgres, valkey
from trainer.runtime.binaries import postgres_env, postgres_home, postgres_program, valkey_program
from trainer.runtime.errors import ServersError
from trainer.runtime.identity import choose, reaching
from trainer.runtime.layout import Layout, make_private
from trainer.runtime.supervise import Child

STOP_TIMEOUT_S = 20.0
LOG_LIMIT_BYTES = 5_000_000


@dataclass(frozen=True)
class Server:
    """`prepare` makes its data before the first start and may raise ServersError."""

    child: Child
    prepare: Callable[[], None]
    is_ready: Callable[[], bool]


def build(name: str, where: Layout, throwaway: bool) -> Server:
    """The server called `postgres`, `broker` or `cache`, not yet started.

    Raises ServersError when there is no program for it or nobody to run it as.
    """
    log = where.logs / f"{name}.log"
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.unlink()
    if name == "postgres":
        return _postgres(where, throwaway)
    if name in {"broker", "cache"}:
        return build_valkey(name, where, where.data / name)
    raise ServersError(f"There is no embedded server called {name}.")


def _postgres(where: Layout, throwaway: bool) -> Server:
    needed = [where.data, where.run, postgres_program("postgres"), postgres_home()]
    identity = reaching(choose(where.postgres), needed)
    child = Child(
        name="postgres",
        command=postgres.command(where, throwaway),
        env=postgres_env(),
        log=where.logs / "postgres.log",
        identity=identity,
        stop_signal=signal.SIGINT,  # fast; SIGTERM would wait for every client
        death_signal=signal.SIGINT,
        stop_timeout_s=STOP_TIMEOUT_S,
    )
    return Server(
        child, lambda: postgres.prepare(where, identity), lambda: postgres.is_ready(where)
    )


def build_valkey(name: str, where: Layout, folder: Path) -> Server:
    """A Valkey with a socket and a log of this name, and a folder of its own, not yet started.

    Raises ServersError when there is no program for it or nobody to run it as.
    """
    chosen = choose(where.postgres)
    child = Child(
        name=name,
        command=valkey.command(where, name, folder),
        env={"LC_ALL": "C", "TZ": "UTC"},
        log=where.logs / f"{name}.log",
        identity=reaching(chosen, [where.data, where.run, valkey_program()]),
        death_signal=signal.SIGKILL,  # nothing is lost: its log is written before each reply
        stop_timeout_s=STOP_TIMEOUT_S,
    )
    return Server(
        child,
        lambda: make_private(folder, chosen.uid, chosen.gid),
        lambda: valkey.is_ready(where.valkey_socket(name)),
    )
