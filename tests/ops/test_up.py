"""Faults of a running site. Every one is done to real processes."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery
from redis import Redis

from tests.ops.site import Site
from tests.runtime.processes import (
    all_processes,
    command_of,
    environ,
    eventually,
    free_port,
    kill,
    manage,
    mentioning,
    only,
)
from trainer.lab import sandbox
from trainer.ops import heartbeat
from trainer.runtime.layout import layout
from trainer.runtime.lease import addresses, lease

pytestmark = pytest.mark.processes

ACCOUNTS = "500"  # a world that is built in a few seconds


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site") / "data", WORLD_ACCOUNTS=ACCOUNTS, SANDBOXES="1")
    try:
        yield site
    finally:
        if site.process.poll() is None:
            site.stop()


def process(site: Site, text: str) -> int:
    return only(text, mentioning(str(site.data)))


def test_one_line_tells_where_the_site_is_and_it_answers(site: Site) -> None:
    assert site.said == f"The trainer is ready: http://localhost:{site.port}\n"
    assert site.get("/health/live")[0] == 200
    assert site.get("/")[0] == 200
    site.await_ready()


def test_the_world_is_built_in_the_background_and_its_progress_can_be_asked(site: Site) -> None:
    learned = {"state", "step", "progress"}
    told = site.world()
    assert set(told) == {*learned, "accounts", "embeddings", "rankers", "small"}
    assert set(told["embeddings"]) == set(told["rankers"]) == learned
    eventually(lambda: site.world()["state"] == "ready", 90, f"a world, not {site.world()}")
    assert site.world()["progress"] == 1.0


def test_what_is_served_is_what_was_built(site: Site) -> None:
    page = site.get("/")[1]
    hashed = next(part for part in page.split('"') if part.startswith("/static/site/site."))
    assert site.get(hashed)[0] == 200
    assert site.get("/static/package.json")[0] == 404


def test_a_page_that_is_not_there_is_said_calmly(site: Site) -> None:
    status, body = site.get("/nowhere/")
    assert status == 404
    assert "There is no such page" in body


def test_a_second_start_on_the_same_port_is_one_clear_line(site: Site) -> None:
    second = manage("up", env=site.env)
    assert second.returncode == 1
    (line,) = second.stderr.strip().splitlines()
    assert f"Port {site.port} on 127.0.0.1 cannot be used" in line
    assert f"make run PORT={site.port + 1}" in line


def test_a_second_site_on_the_same_data_folder_is_one_clear_line(site: Site) -> None:
    second = manage("up", env=site.env | {"PORT": str(free_port())})
    assert second.returncode == 1
    (line,) = second.stderr.strip().splitlines()
    assert "Another site runs on the data folder" in line
    assert "DATA_DIR=" in line


def test_a_command_beside_the_running_site_uses_its_servers(site: Site, tmp_path: Path) -> None:
    backup = manage("backup", str(tmp_path / "backup"), env=environ(site.data))
    assert backup.returncode == 0, backup.stderr
    keepers = [p for p in mentioning(str(site.data)) if "runtime.keeper" in command_of(p)]
    assert len(keepers) == 1


def test_what_is_learned_follows_the_world_one_process_after_the_other(site: Site) -> None:
    eventually(lambda: _is_ready(site, "rankers"), 90, f"rankers, not {site.world()}")
    assert _is_ready(site, "embeddings")
    eventually(lambda: "train_rankers" not in _told(site), 20, "who trained them has ended")
    assert "seed_world" not in _told(site)


def _is_ready(site: Site, learned: str) -> bool:
    return site.world()[learned]["state"] == "ready"


def test_without_redis_the_site_answers_and_ready_names_it(site: Site) -> None:
    stopped = process(site, "cache.sock")
    os.kill(stopped, signal.SIGSTOP)
    try:
        assert site.get("/")[0] == 200
        assert "redis" in site.down()
        assert site.get("/health/ready")[0] == 503
    finally:
        os.kill(stopped, signal.SIGCONT)
    site.await_ready()


def test_after_the_broker_restarts_the_worker_consumes_again(site: Site) -> None:
    kill(process(site, "broker.sock"))
    with Redis.from_url(addresses(site.data)["REDIS_URL"]) as redis:
        eventually(lambda: "broker" not in site.down(), 20, "the broker is back")
        redis.delete(heartbeat.KEY)
        eventually(lambda: redis.get(heartbeat.KEY), 60, "the worker runs a task")
        redis.delete(heartbeat.KEY)
        _send(site, "lab")
        eventually(lambda: redis.get(heartbeat.KEY), 60, "the labs' worker runs a task")
    own = layout(site.data).valkey_socket("sandbox-1")
    with Redis(unix_socket_path=str(own)) as redis:
        _send(site, "lab-sandbox")
        eventually(lambda: redis.get(heartbeat.KEY), 60, "the sandbox's runner runs a task")


def _send(site: Site, queue: str) -> None:
    """Have the worker of this queue write that it ran a task, into the Redis that it uses."""
    app = Celery(broker=addresses(site.data)["BROKER_URL"], set_as_current=False)
    with app.connection_for_write() as connection:
        app.send_task("ops.heartbeat", queue=queue, connection=connection)


def test_after_postgres_restarts_the_site_recovers(site: Site) -> None:
    os.kill(process(site, "postgres -D"), signal.SIGINT)
    site.await_ready(30)
    with_session = {"Cookie": "sessionid=asks-the-database"}
    assert site.get("/", with_session)[0] == 200


def test_a_killed_web_process_is_replaced_and_nobody_is_refused(site: Site) -> None:
    kill(process(site, "trainer.ops.web"))
    assert site.get("/health/live")[0] == 200


def test_a_killed_worker_leaves_no_pool_process_and_is_replaced(site: Site) -> None:
    worker = process(site, "--queues celery")
    eventually(lambda: _children(worker), 20, "the worker has a pool")
    pool = _children(worker)
    kill(worker)
    eventually(lambda: not any(_parent(pid) for pid in pool), 10, "its pool ends with it")
    eventually(lambda: "--queues celery" in _told(site), 20, "a new worker")


def _children(parent: int) -> list[int]:
    return [pid for pid in all_processes() if _parent(pid) == parent]


def _parent(pid: int) -> int:
    """The parent's id; 0 when the process is no more."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[1])


def _told(site: Site) -> str:
    return " ".join(command_of(pid) for pid in mentioning(str(site.data)))


def test_the_labs_have_workers_of_their_own_and_a_killed_one_is_replaced(site: Site) -> None:
    parts = ("--queues lab ", "--queues lab-sandbox ", "--queues sandbox-1 ", "sandbox-1.sock")
    for part in parts:
        eventually(lambda part=part: part in _told(site), 30, f"{part} runs")
    runner = process(site, "--queues lab-sandbox ")
    kill(runner)
    eventually(lambda: not _parent(runner), 20, "it is gone")
    eventually(lambda: "--queues lab-sandbox " in _told(site), 20, "a new runner")
    with Redis.from_url(
        addresses(site.data)["BROKER_URL"].replace("redis+socket", "unix")
    ) as redis:
        eventually(lambda: redis.exists(sandbox.KEY), 20, "the pages are told of the sandbox")


def test_a_killed_keeper_is_replaced(site: Site) -> None:
    kill(process(site, "runtime.keeper"))
    eventually(lambda: "runtime.keeper" in _told(site), 30, "a new keeper")
    site.await_ready(60)


def test_a_killed_site_leaves_nothing_and_the_next_start_works(site: Site) -> None:
    eventually(lambda: _is_ready(site, "rankers"), 90, "the rankers are trained")
    assert site.stop(signal.SIGKILL) == -signal.SIGKILL
    again = Site(site.data, WORLD_ACCOUNTS=ACCOUNTS)
    try:
        assert again.said.startswith("The trainer is ready")
        assert again.world()["state"] == "ready"
        assert _is_ready(again, "rankers")
        again.await_ready()
    finally:
        assert again.stop(signal.SIGTERM) == 0
    assert again.rest == ""  # nothing was built again


def test_named_servers_are_used_and_nothing_is_embedded(tmp_path: Path) -> None:
    own = tmp_path / "own"
    with lease(tmp_path / "elsewhere", throwaway=True) as urls:
        for how, code in ((signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 0)):
            site = Site(own, WORLD_ACCOUNTS="150000", **urls)
            assert site.said.startswith("The trainer is ready")
            site.await_ready()
            _stop_while_building(site, how, code)
        assert not (own / "postgres").exists()
        assert not (own / "keeper.lock").exists()


def _stop_while_building(site: Site, how: signal.Signals, code: int) -> None:
    eventually(lambda: "seed_world" in _told(site), 60, "a world is being built")
    assert site.stop(how) == code  # and nothing lives on


def test_a_port_held_by_a_stranger_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = manage("up", env=environ(tmp_path / "data", PORT=port))
    assert refused.returncode == 1
    assert len(refused.stderr.strip().splitlines()) == 1
