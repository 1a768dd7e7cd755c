"""A backup is one zip file: Postgres's own dump, and the count of every table at its moment. Of
the mini Twitter's worlds it holds the empty tables: see left_out.py.

Counts and dump are of the same snapshot, so that they can be compared exactly after a restore.
"""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

import psycopg
from django.db import connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper

from trainer.ops import left_out
from trainer.runtime.binaries import postgres_env, postgres_program
from trainer.runtime.errors import ServersError

DUMP, COUNTS = "dump.sql", "counts.json"
FORMAT = 1
CHUNK = 1024 * 1024
# Committed by the last word only: an end in the middle of it, of whatever kind, changes nothing.
FIRST = b"""BEGIN;
SET LOCAL lock_timeout = '10s';  -- a running site holds its tables
SET LOCAL client_min_messages = warning;
DROP SCHEMA IF EXISTS public CASCADE;
"""
LAST = b"COMMIT;\n"
# Others of this database; the servers' own processes have no user.
CONNECTED = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
AND coalesce(backend_type, 'client backend') = 'client backend'"""


class BackupError(Exception):
    """A backup was not made or not restored; the message says why and what to do."""


def counts() -> dict[str, int]:
    """Rows by table that a backup keeps, now."""
    found = {}
    kept = [name for name in tables() if not left_out.is_left_out(name)]
    with connection.cursor() as cursor:
        for name in kept:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
            found[name] = int(cursor.fetchone()[0])
    return found


def tables() -> list[str]:
    """The tables of the schema public."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        )
        return [name for (name,) in cursor.fetchall()]


def write(target: Path) -> dict[str, int]:
    """Back the database up into `target`, whole or not at all; gives the counts.

    The mini Twitter's worlds are left out.

    Raises BackupError, for example when the disk is full: then `target` is as it was.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                snapshot = cursor.fetchone()[0]
            found = counts()
            _write_zip(part, found, snapshot)
        part.replace(target)
    except OSError as error:
        raise BackupError(
            f"{target} could not be written ({error.strerror}): make room or choose another place."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return found


def _write_zip(path: Path, found: Mapping[str, int], snapshot: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr(COUNTS, json.dumps({"format": FORMAT, "counts": found}))
        with archive.open(DUMP, "w", force_zip64=True) as entry:
            _dump_into(entry, snapshot)
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _dump_into(entry: IO[bytes], snapshot: str) -> None:
    command = [_program("pg_dump"), "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    command += ["--schema=public", "--extension=*", *left_out.dump_options(tables())]
    with tempfile.TemporaryFile() as said:
        with _piped(command, said) as (dump, output):
            try:
                shutil.copyfileobj(output, entry, CHUNK)
            except OSError:
                dump.kill()
                raise
        if dump.returncode != 0:
            raise BackupError(f"pg_dump failed: {_text(said)}")


def is_empty() -> bool:
    """Whether the database holds no row that a restore would take away."""
    ours = counts()
    return not any(n for name, n in ours.items() if not name.startswith(("django_", "auth_")))


def refuse_while_in_use() -> None:
    """Raise BackupError when anybody else is connected: a running site, or somebody's psql.

    Call it before any other query, for the connections of our own pool would count too.
    """
    told = cast(DatabaseWrapper, connection).get_connection_params()
    with connection.wrap_database_errors, psycopg.connect(**told) as alone:
        ((others,),) = alone.execute(CONNECTED).fetchall()
    if others:
        raise BackupError(
            f"The database is in use (open connections: {others}). Nothing was changed: stop the "
            "site and whatever else is connected, then restore."
        )


def restore(source: Path) -> dict[str, int]:
    """Replace the database by the backup in one transaction; gives the counts, compared.

    Raises BackupError; then the database is as it was (except when the counts differ).
    """
    wanted = _read_counts(source)
    last = left_out.keep_sequences() + LAST
    connection.close()
    with zipfile.ZipFile(source) as archive, archive.open(DUMP) as entry:
        _load(entry, last)
    found = counts()
    if found != wanted:
        wrong = sorted(n for n in wanted.keys() | found.keys() if wanted.get(n) != found.get(n))
        told = ", ".join(f"{n}: {found.get(n)} instead of {wanted.get(n)}" for n in wrong)
        raise BackupError(f"Restored, but the counts differ ({told}): do not trust this copy.")
    return found


def _read_counts(source: Path) -> dict[str, int]:
    """The counts of a whole backup file. Raises BackupError for any other file."""
    try:
        with zipfile.ZipFile(source) as archive:
            if broken := archive.testzip():
                raise BackupError(f"{source} is damaged ({broken}): use another backup.")
            head: Any = json.loads(archive.read(COUNTS))
            archive.getinfo(DUMP)
        if head["format"] == FORMAT:
            return {str(name): int(n) for name, n in head["counts"].items()}
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {source}: check the path.") from error
    except OSError as error:
        raise BackupError(f"{source} cannot be read ({error.strerror}).") from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        raise BackupError(
            f"{source} is no backup of this program, or it is damaged: "
            "name a file that `manage.py backup` wrote."
        ) from error
    raise BackupError(f"{source} was written by a newer version: update the program first.")


def _load(entry: IO[bytes], last: bytes) -> None:
    command = [_program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
    command += ["--output", os.devnull, "--file=-"]
    with tempfile.TemporaryFile() as said:
        with _piped(command, said, into=True) as (psql, sink), contextlib.suppress(BrokenPipeError):
            sink.write(FIRST)
            shutil.copyfileobj(entry, sink, CHUNK)
            sink.write(b"\n" + last)
            sink.close()
        if psql.returncode != 0:
            reason = _text(said)
            raise BackupError(
                f"Nothing was changed: the database refused it. {_hint(reason)}{reason}"
            )


def _hint(reason: str) -> str:
    if "lock timeout" in reason:
        return "Stop the site first. "
    if "to create extension" in reason:  # a restore makes all anew, pgvector too
        return "Let the role make extensions meanwhile: ALTER ROLE name SUPERUSER. "
    return ""


@contextlib.contextmanager
def _piped(
    command: list[str], said: IO[bytes], *, into: bool = False
) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """A program and the pipe out of it (or `into` it); `said` takes what it complains of."""
    process = subprocess.Popen(
        command,
        env=_environ(),
        stdin=subprocess.PIPE if into else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if into else subprocess.PIPE,
        stderr=said,
    )
    with process:
        pipe = process.stdin if into else process.stdout
        if pipe is not None:  # always: it was asked for above
            yield process, pipe


def _text(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read(2000).decode(errors="replace").strip()


def _program(name: str) -> str:
    """The embedded Postgres's program when it fits the server, else the one on PATH.

    A dump of a newer server needs newer programs; a dump by newer ones may not fit an older
    server: so the server's own version is preferred where it is installed.
    """
    server = cast(DatabaseWrapper, connection).pg_version // 10000
    candidates = [found for found in (_embedded(name), shutil.which(name)) if found]
    for candidate in candidates:
        said = subprocess.run(
            [candidate, "--version"], env=_environ(), capture_output=True, text=True
        ).stdout
        if f" {server}." in said:
            return candidate
    if not candidates:
        raise BackupError(f"{name} is not installed: install the client programs of Postgres.")
    return candidates[0]


def _embedded(name: str) -> str | None:
    try:
        return str(postgres_program(name))
    except ServersError:
        return None


def _environ() -> dict[str, str]:
    """Where the database is, told by environment: a command line can be read by everybody."""
    told = connection.settings_dict
    options = {k: v for k, v in told["OPTIONS"].items() if isinstance(v, str)}
    named = {
        "PGDATABASE": told["NAME"],
        "PGHOST": told["HOST"] or options.get("host"),
        "PGPORT": told["PORT"] or options.get("port"),
        "PGUSER": told["USER"] or options.get("user"),
        "PGPASSWORD": told["PASSWORD"] or options.get("password"),
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
        "PGCONNECT_TIMEOUT": "5",
    }
    return postgres_env() | {name: str(value) for name, value in named.items() if value}
