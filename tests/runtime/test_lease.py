import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from redis import Redis, RedisError

from tests.runtime.processes import PROJECT, command_of, eventually, kill, mentioning, only
from trainer.runtime.errors import ServersError
from trainer.runtime.lease import lease, take

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("processes")]


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"
    eventually(lambda: not keepers(tmp_path / "data"), 20, "the keeper ends with its last lease")


def keepers(data: Path) -> list[int]:
    return [pid for pid in mentioning(str(data)) if "runtime.keeper" in command_of(pid)]


def test_all_three_servers_answer_and_vectors_are_there(data: Path) -> None:
    with lease(data, throwaway=True) as urls:
        with psycopg.connect(urls["DATABASE_URL"]) as connection:
            connection.execute("CREATE EXTENSION vector")
            assert connection.execute("SELECT '[1,2]'::vector <-> '[1,4]'").fetchone() == (2.0,)
        with Redis.from_url(urls["REDIS_URL"]) as redis:
            assert redis.ping()


def test_only_the_named_servers_run(data: Path) -> None:
    with lease(data, ["REDIS_URL"], throwaway=True) as urls:
        assert list(urls) == ["REDIS_URL"]
        assert not (data / "postgres").exists()


def test_two_holders_share_and_the_last_one_stops(data: Path) -> None:
    with lease(data, throwaway=True) as urls:
        with lease(data) as same:
            assert same == urls
            assert len(keepers(data)) == 1
        with psycopg.connect(urls["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    eventually(lambda: not keepers(data), 20, "the keeper ends")
    assert "database system is shut down" in (data / "logs" / "postgres.log").read_text()


def test_many_who_start_at_once_share_one_keeper(data: Path) -> None:
    begun = threading.Barrier(4)
    held = threading.Barrier(4)
    counts: list[int] = []

    def hold() -> None:
        begun.wait()
        with lease(data, throwaway=True):
            held.wait(60)
            counts.append(len(keepers(data)))
            held.wait(60)

    threads = [threading.Thread(target=hold) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [1, 1, 1, 1]


def test_the_next_lease_waits_for_a_keeper_that_is_stopping(data: Path) -> None:
    for _ in range(4):
        with (
            lease(data, throwaway=True) as urls,
            psycopg.connect(urls["DATABASE_URL"]) as connection,
        ):
            connection.execute("SELECT 1")


def test_a_killed_holder_holds_nothing(data: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from trainer.runtime.lease import lease\n"
        "with lease(Path(sys.argv[1]), throwaway=True): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(data)], cwd=PROJECT, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        holder.kill()
    eventually(lambda: not keepers(data), 20, "the keeper ends")


def test_a_killed_keeper_takes_its_servers_along_and_the_lease_can_be_renewed(data: Path) -> None:
    held = take(data, ["DATABASE_URL", "BROKER_URL", "REDIS_URL"], throwaway=True)
    (keeper,) = keepers(data)
    kill(keeper)
    eventually(lambda: not mentioning(str(data)), 10, "the servers end with the keeper")
    assert held.renew_if_lost()
    assert not held.renew_if_lost()
    with lease(data) as urls, psycopg.connect(urls["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    held.close()


def test_a_server_that_dies_is_started_again(data: Path) -> None:
    with lease(data, throwaway=True) as urls, Redis.from_url(urls["REDIS_URL"]) as redis:
        kill(only("cache.sock", mentioning(str(data))))
        eventually(lambda: _answers(redis), 10, "the Valkey is back")


def _answers(redis: "Redis") -> bool:
    try:
        return bool(redis.ping())
    except RedisError:
        return False


def test_what_the_broker_was_given_outlives_a_kill(data: Path) -> None:
    with lease(data, ["BROKER_URL"]) as urls:
        address = urls["BROKER_URL"].replace("redis+socket", "unix")
        with Redis.from_url(address) as redis:
            redis.rpush("queue", "task")
        (keeper,) = keepers(data)
        kill(keeper)
        with lease(data, ["BROKER_URL"]), Redis.from_url(address) as redis:
            assert redis.lrange("queue", 0, -1) == [b"task"]


def test_an_interrupted_first_start_is_begun_anew(data: Path) -> None:
    half = data / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    data.chmod(0o711)
    with lease(data, ["DATABASE_URL"], throwaway=True) as urls:
        psycopg.connect(urls["DATABASE_URL"]).close()
    assert not half.exists()


def test_a_long_path_gets_its_sockets_elsewhere(tmp_path: Path) -> None:
    long = tmp_path / ("long name " * 10).strip() / "data"
    with lease(long, throwaway=True) as urls:
        assert str(long) not in urls["DATABASE_URL"]
        psycopg.connect(urls["DATABASE_URL"]).close()
    eventually(lambda: not keepers(long), 20, "the keeper ends")


def test_the_database_of_another_version_is_refused_with_a_remedy(data: Path) -> None:
    (data / "postgres").mkdir(parents=True)
    (data / "postgres" / "PG_VERSION").write_text("15\n")
    with pytest.raises(ServersError, match=r"is of Postgres 15.*restore a backup"):
        take(data, ["DATABASE_URL"])


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ServersError, match=r"file/data cannot be used.*DATA_DIR"):
        take(tmp_path / "file" / "data", ["REDIS_URL"])


def test_the_keeper_stops_its_servers_when_it_is_asked_to_end(data: Path) -> None:
    held = take(data, ["DATABASE_URL"], throwaway=True)
    os.kill(keepers(data)[0], signal.SIGTERM)
    eventually(lambda: not mentioning(str(data)), 20, "keeper and servers end")
    held.close()
