from pathlib import Path

import pytest

from trainer.runtime import environment
from trainer.runtime.errors import ServersError
from trainer.runtime.layout import layout, make_private


def test_socket_paths_stay_short_enough_for_the_kernel(tmp_path: Path) -> None:
    long = layout(tmp_path / ("d" * 200))
    assert len(str(long.run / ".s.PGSQL.5432")) <= 107


def test_a_socket_folder_that_somebody_else_made_is_refused(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.symlink_to(tmp_path)
    with pytest.raises(ServersError, match="made by another user"):
        make_private(trap, None, None)


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = {"DATA_DIR": str(tmp_path)}
    second = dict(first)
    environment.provide_secret_key(first)
    environment.provide_secret_key(second)
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_named_secret_key_is_left_alone(tmp_path: Path) -> None:
    named = {"DATA_DIR": str(tmp_path), "SECRET_KEY": "named"}
    environment.provide_secret_key(named)
    assert named["SECRET_KEY"] == "named"
    assert not (tmp_path / "secret_key").exists()


def test_named_servers_start_nothing(tmp_path: Path) -> None:
    named = {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgres://elsewhere/db",
        "BROKER_URL": "redis://elsewhere",
        "REDIS_URL": "redis://elsewhere",
    }
    before = dict(named)
    with environment.servers(named):
        assert named == before
        assert environment.embedded(named) == []
    assert list(tmp_path.iterdir()) == []
