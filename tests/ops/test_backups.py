"""Backups of a real database, by the commands that people run."""

import resource
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.runtime.processes import PROJECT, environ, eventually, manage, mentioning
from trainer.runtime.lease import lease

pytestmark = pytest.mark.processes
SEEDED = ("world", "account", "basegraph", "tweet", "engagement", "outbox")
# What is learned from a world, as far as tables go.
LEARNED = [
    "CREATE TABLE twitter_accountvector_w1 PARTITION OF twitter_accountvector FOR VALUES IN (1)",
    "CREATE TABLE twitter_tweetvector_aside_w1 (LIKE twitter_tweetvector)",  # not attached yet
    "INSERT INTO twitter_accountvector SELECT 1, 1, array_agg(1) FROM generate_series(1, 32)",
    "INSERT INTO twitter_artefact (world_id, name, format, version, state, step, progress, made_at,"
    " meta) VALUES (1, 'rankers', 1, 'v', 'ready', '', 1, now(), '{}')",
    "INSERT INTO twitter_artefactarray (artefact_id, name, dtype, shape, body)"
    " SELECT id, 'a', '<f4', '[1]', 'abcd' FROM twitter_artefact",
]
MADE = "INSERT INTO django_session VALUES (%s, 'x', now())"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, str], str]]:
    """A migrated database with three rows of ours: the environment that names it, and its URL."""
    data = tmp_path_factory.mktemp("backups") / "data"
    env = environ(data)
    with lease(data, throwaway=True) as urls:
        assert manage("migrate", "--verbosity", "0", env=env).returncode == 0
        with psycopg.connect(urls["DATABASE_URL"]) as connection:
            for key in ("a", "b", "c"):
                connection.execute(MADE, [key])
        yield env, urls["DATABASE_URL"]
    eventually(lambda: not mentioning(str(data)), 20, "the servers end")


def sessions(url: str) -> int:
    with psycopg.connect(url) as connection:
        (count,) = connection.execute("SELECT count(*) FROM django_session").fetchone()
        return int(count)


def test_a_restored_backup_has_every_row_and_can_be_restored_again(database, tmp_path) -> None:
    env, url = database
    file = tmp_path / "backup"
    made = manage("backup", str(file), env=env)
    assert made.returncode == 0, made.stderr
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM django_session")
    for _ in range(2):
        restored = manage("restore", str(file), "--yes", env=env)
        assert restored.returncode == 0, restored.stderr
        assert "all counts equal" in restored.stdout
        assert sessions(url) == 3


def test_worlds_are_left_out_and_leave_no_trace_that_claims_to_be_one(database, tmp_path) -> None:
    env, url = database
    file = tmp_path / "backup"
    assert manage("seed_world", "--accounts", "300", env=env).returncode == 0
    with psycopg.connect(url) as connection:
        assert one(connection, "SELECT count(*) FROM twitter_tweet") > 300
        last_id = one(connection, "SELECT max(id) FROM twitter_world")
        for statement in LEARNED:
            connection.execute(statement)
    made = manage("backup", str(file), env=env)
    assert "worlds are not" in made.stdout
    assert file.stat().st_size < 100_000
    restored = manage("restore", str(file), "--yes", env=env)
    assert restored.returncode == 0, restored.stderr
    with psycopg.connect(url) as connection:
        for name in (*SEEDED, "accountvector", "tweetvector", "artefact", "artefactarray"):
            assert one(connection, f"SELECT count(*) FROM twitter_{name}") == 0
        near = "SELECT count(*) FROM pg_indexes WHERE indexname = 'twitter_tweetvector_near'"
        assert one(connection, near) == 1
        left = r"SELECT count(*) FROM pg_tables WHERE tablename ~ '^twitter_\w+_w\d+$'"
        assert one(connection, left) == 0
    assert sessions(url) == 3
    again = manage("seed_world", "--accounts", "300", env=env)
    assert again.returncode == 0, again.stderr
    with psycopg.connect(url) as connection:
        ready = "SELECT id FROM twitter_world WHERE state = 'ready'"
        assert one(connection, ready) > last_id  # an old id may still be known to Redis


def one(connection: psycopg.Connection, query: str) -> int:
    (value,) = connection.execute(query).fetchone()
    return int(value)


def test_what_is_there_is_replaced_only_when_asked(database, tmp_path) -> None:
    env, url = database
    file = tmp_path / "backup"
    assert manage("backup", str(file), env=env).returncode == 0
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO accounts_user (password, is_superuser, username, first_name, last_name,"
            " email, is_staff, is_active, date_joined, is_guest, last_seen_on)"
            " VALUES ('', false, 'ann', '', '', '', false, true, now(), false, now())"
        )
    refused = manage("restore", str(file), env=env)
    assert refused.returncode == 1
    assert "add --yes" in refused.stderr
    assert manage("restore", str(file), "--yes", env=env).returncode == 0


def test_nothing_is_restored_under_a_running_site(database, tmp_path) -> None:
    env, url = database
    file = tmp_path / "backup"
    assert manage("backup", str(file), env=env).returncode == 0
    with psycopg.connect(url):
        refused = manage("restore", str(file), "--yes", env=env)
    assert refused.returncode == 1
    assert "(open connections: 1). Nothing was changed: stop the site" in refused.stderr
    assert sessions(url) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "There is no file"), (b"text", "is no backup"), (b"", "is no backup")],
)
def test_a_wrong_file_is_said_and_changes_nothing(database, tmp_path, content, said) -> None:
    env, url = database
    file = tmp_path / "wrong"
    if content is not None:
        file.write_bytes(content)
    refused = manage("restore", str(file), "--yes", env=env)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert sessions(url) == 3


@pytest.mark.parametrize(
    ("statement", "hint"),
    [
        ("SELECT nonsense;", "ERROR"),
        (  # as a role that may not
            "SET ROLE pg_monitor; CREATE EXTENSION vector WITH SCHEMA public;",
            "Let the role make extensions meanwhile: ALTER ROLE name SUPERUSER. ",
        ),
    ],
)
def test_a_backup_that_the_database_refuses_changes_nothing(
    database, tmp_path, statement, hint
) -> None:
    env, url = database
    file = tmp_path / "bad"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("counts.json", '{"format": 1, "counts": {}}')
        archive.writestr("dump.sql", f"CREATE SCHEMA public; {statement}")
    refused = manage("restore", str(file), "--yes", env=env)
    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stderr
    assert hint in refused.stderr
    assert sessions(url) == 3


def test_a_full_disk_keeps_the_last_backup(database, tmp_path: Path) -> None:
    env, _ = database
    file = tmp_path / "backup"
    file.write_bytes(b"the last one")

    def fill() -> None:  # as a full disk would: no file may grow beyond 1 kB
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    refused = subprocess.run(
        [sys.executable, "manage.py", "backup", str(file)],
        cwd=PROJECT,
        env=env | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        preexec_fn=fill,
        timeout=90,
    )
    assert refused.returncode == 1
    assert "could not be written" in refused.stderr
    assert file.read_bytes() == b"the last one"
    assert list(tmp_path.iterdir()) == [file]
