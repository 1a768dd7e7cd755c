"""Who looks at a run is told of its changes, by a real web process over a real broker."""

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from model_bakery import baker

from tests.resilience.valkeys import Valkey
from tests.runtime.processes import PROJECT, eventually, free_port
from tests.twitter.processes import environment
from trainer.accounts.models import User
from trainer.lab import notices
from trainer.lab.models import Attempt, Run
from trainer.lib import clock
from trainer.resilience import redis_clients

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
SOON_S = 30.0


@dataclass
class Web:
    """A web process, and a broker that only these tests use."""

    process: "subprocess.Popen[bytes]"
    port: int
    broker: Valkey
    log: Path

    @property
    def broker_url(self) -> str:
        return f"redis://127.0.0.1:{self.broker.port}/0"

    def listeners(self) -> int:
        ((_, count),) = redis_clients.broker().pubsub_numsub(notices.CHANNEL)
        return int(count)


@pytest.fixture(scope="module")
def web(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("web")
    broker = Valkey(folder / "broker", free_port())
    broker.folder.mkdir()
    broker.start("--bind", "127.0.0.1")
    url = f"redis://127.0.0.1:{broker.port}/0"
    env = environment(folder / "data", broker=url, redis=url)
    with socket.create_server(("127.0.0.1", 0)) as listening, (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "trainer.ops.web", str(listening.fileno())],
            cwd=PROJECT,
            env=env,
            pass_fds=(listening.fileno(),),
            stderr=log,
        )
        try:
            yield Web(process, listening.getsockname()[1], broker, folder / "log")
        finally:
            process.kill()
            process.wait()
            broker.kill()


@pytest.fixture
def run(web: Web, settings) -> Run:
    settings.CELERY_BROKER_URL = web.broker_url
    notices._pause.cache_clear()
    attempt = baker.make(Attempt, predicted_at=clock.now(), used_at=clock.now())
    return baker.make(Run, attempt=attempt, state=Run.State.RUNNING, version=1)


class Stream:
    """What a browser reads of a run's events."""

    def __init__(
        self, web: Web, run: Run, visitor: User | None = None, method: str = "GET"
    ) -> None:
        client = Client()
        client.force_login(visitor or run.attempt.owner)
        cookie = f"sessionid={client.cookies['sessionid'].value}"
        self.connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=SOON_S)
        self.connection.request(method, f"/lab/runs/{run.id}/events/", headers={"Cookie": cookie})
        self.answer = self.connection.getresponse()

    def next(self) -> str:
        """The next event; comments and the hint for reconnecting are no events. "" at the end."""
        while block := self._block():
            if not block.startswith((":", "retry:")):
                return block
        return ""

    def _block(self) -> str:
        lines: list[str] = []
        while line := self.answer.readline().decode().rstrip("\n"):
            lines.append(line)
        return "\n".join(lines)

    def close(self) -> None:
        self.answer.close()
        self.connection.close()


def change(run: Run, **fields: object) -> None:
    run.version += 1
    Run.objects.filter(pk=run.pk).update(version=run.version, **fields)
    notices.notify(run.id)


def test_a_change_is_told_and_the_stream_ends_with_the_run(web: Web, run: Run) -> None:
    with closing(Stream(web, run)) as stream:
        assert stream.answer.headers["Content-Type"] == "text/event-stream"
        assert "no-store" in stream.answer.headers["Cache-Control"]
        assert stream.next() == "data: 1"
        change(run)
        assert stream.next() == "data: 2"
        change(run, state=Run.State.DONE)
        assert stream.next() == "data: 3"
        assert stream.next() == "event: ended\ndata: 0"
        assert stream.next() == ""
    with closing(Stream(web, run)) as over:
        assert over.answer.status == 204


def test_who_asks_for_the_head_alone_gets_no_stream(web: Web, run: Run) -> None:
    with closing(Stream(web, run, method="HEAD")) as stream:
        assert stream.answer.status == 204
    assert web.listeners() == 0


def test_all_streams_of_a_process_share_one_connection_which_goes_with_the_last(
    web: Web, run: Run
) -> None:
    streams = [Stream(web, run) for _ in range(3)]
    assert [stream.next() for stream in streams] == ["data: 1"] * 3
    eventually(lambda: web.listeners() == 1, SOON_S, "one connection listens")
    change(run)
    assert [stream.next() for stream in streams] == ["data: 2"] * 3
    assert web.listeners() == 1
    for stream in streams:
        stream.close()
    eventually(lambda: web.listeners() == 0, SOON_S, "nobody listens any more")


def test_one_run_has_no_more_streams_than_a_few_windows_need(web: Web, run: Run) -> None:
    streams = [Stream(web, run) for _ in range(11)]
    assert [stream.answer.status for stream in streams] == [200] * 10 + [204]
    for stream in streams:
        stream.close()


def test_the_run_of_another_is_not_there(web: Web, run: Run) -> None:
    with closing(Stream(web, run, baker.make(User))) as refused:
        assert refused.answer.status == 404


def test_without_streams_the_answer_is_empty_and_the_page_asks_by_itself(
    run: Run, client: Client
) -> None:
    client.force_login(run.attempt.owner)
    assert client.get(f"/lab/runs/{run.id}/events/").status_code == 204


def test_without_the_broker_postgres_is_asked_and_notices_come_again_with_it(
    web: Web, run: Run
) -> None:
    with closing(Stream(web, run)) as stream:
        assert stream.next() == "data: 1"
        web.broker.kill()
        change(run)
        assert stream.next() == "data: 2"
        web.broker.start("--bind", "127.0.0.1")
        eventually(lambda: web.listeners() == 1, SOON_S, "it listens again")
        notices._pause.cache_clear()
        change(run)
        assert stream.next() == "data: 3"


def test_a_web_process_that_is_stopped_ends_its_streams(web: Web, run: Run) -> None:
    with closing(Stream(web, run)) as stream:
        assert stream.next() == "data: 1"
        web.process.send_signal(signal.SIGTERM)
        assert stream.next() == ""
        assert web.process.wait(SOON_S) == -signal.SIGTERM  # as uvicorn ends
    assert "Traceback" not in web.log.read_text()
