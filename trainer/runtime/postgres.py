"""The embedded Postgres: making its data folder, and the commands that start and ask it."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from trainer.runtime.binaries import postgres_env, postgres_program
from trainer.runtime.errors import ServersError
from trainer.runtime.identity import Identity, becoming
from trainer.runtime.layout import Layout, make_private

MAJOR = "18"
SETTINGS = {
    "listen_addresses": "",  # the socket in a 0700 folder is the only door, hence `trust`
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "wal_level": "minimal",  # nobody replicates it, and a table loaded as it is made needs no log
    "max_wal_senders": "0",
    "io_method": "sync",  # no extra processes: one person's database fits in memory
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# For a database that ends with the process that made it: tests.
UNSAFE_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def prepare(where: Layout, identity: Identity) -> None:
    """Make the data folder on the first start. An interrupted attempt is begun anew.

    Raises ServersError with what initdb said, or when the data is of another Postgres.
    """
    version = where.postgres / "PG_VERSION"
    if where.postgres.exists():
        _check_version(where, version)
        return
    half = where.data / "postgres.new"
    shutil.rmtree(half, ignore_errors=True)
    make_private(half, identity.uid, identity.gid)
    _run(
        [postgres_program("initdb"), "--pgdata", half, "--username", "trainer", "--auth", "trust",
         "--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
         "--locale", "C", "--no-instructions"],
        identity,
    )  # fmt: skip
    _run(
        [postgres_program("postgres"), "--single", "-D", half, "postgres"],
        identity,
        "CREATE DATABASE trainer\n",
    )
    half.rename(where.postgres)


def _check_version(where: Layout, version: Path) -> None:
    try:
        found = version.read_text().strip()
    except OSError as error:
        raise ServersError(
            f"The database in {where.postgres} cannot be read ({error.strerror}): "
            "start as the user who made it, or choose another DATA_DIR."
        ) from error
    if found != MAJOR:
        raise ServersError(
            f"The database in {where.postgres} is of Postgres {found}, and this is {MAJOR}: "
            "restore a backup into a new DATA_DIR."
        )


def _run(command: Sequence[str | Path], identity: Identity, stdin: str = "") -> None:
    done = subprocess.run(
        command,
        input=stdin,
        text=True,
        capture_output=True,
        env=postgres_env(),
        cwd="/",
        preexec_fn=becoming(identity),
    )
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-3:]
        raise ServersError("The database could not be made: " + " ".join(said))


def command(where: Layout, throwaway: bool) -> list[str]:
    """The command line of the server; `throwaway` trades safety after a crash for speed."""
    settings = SETTINGS | (UNSAFE_SETTINGS if throwaway else {})
    options = [f"--{name}={value}" for name, value in settings.items()]
    options.append(f"--unix_socket_directories={where.run}")
    return [str(postgres_program("postgres")), "-D", str(where.postgres), *options]


def is_ready(where: Layout) -> bool:
    """Whether it takes connections now (not: recovers, or stops)."""
    asked = [str(postgres_program("pg_isready")), "-q", "-h", str(where.run), "-U", "trainer"]
    return subprocess.run(asked, env=postgres_env(), cwd="/").returncode == 0
