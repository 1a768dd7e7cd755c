"""The processes of a running site, and keeping them running."""

import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings
from redis import RedisError

from trainer.ops import heartbeat
from trainer.resilience import redis_clients
from trainer.runtime.supervise import Child

TICK_S = 0.2
WATCH_EVERY_S = 5.0
# A worker may be silent for as long as one task lasts; beyond that it has stopped consuming.
SILENCE_LIMIT_S = settings.CELERY_TASK_TIME_LIMIT + heartbeat.INTERVAL_S / 2
DEFAULT_QUEUE = "celery"
RUN_STOPS_S = 3.0  # a lab's run is begun again: nobody waits long for its end
CELERY = [sys.executable, "-m", "celery", "--app", "trainer", "--quiet"]
CALM = ["--loglevel", "WARNING"]
LOOPBACK_OF = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (where to ask, not to listen)


def processes(listening: socket.socket) -> dict[str, Child]:
    """The worker, beat, the web process and the labs' worker, not yet started."""
    return {
        "worker": worker("worker", DEFAULT_QUEUE, "--concurrency", str(settings.WORKER_PROCESSES)),
        "beat": Child(
            name="beat",
            command=[*CELERY, "beat", *CALM],
            env=dict(os.environ),
            cwd=str(settings.BASE_DIR),
        ),
        "web": Child(
            name="web",
            command=[sys.executable, "-m", "trainer.ops.web", str(listening.fileno())],
            env=dict(os.environ),
            cwd=str(settings.BASE_DIR),
            pass_fds=(listening.fileno(),),
        ),
        "labs": worker(
            "labs", "lab", "--concurrency", str(settings.LAB_PROCESSES), stop_timeout_s=RUN_STOPS_S
        ),
    }


def worker(
    name: str,
    queue: str,
    *options: str,
    env: Mapping[str, str] | None = None,
    stop_timeout_s: float = 8.0,
) -> Child:
    """A Celery worker of one queue, with `env` beside our own environment."""
    return Child(
        name=name,
        command=[*CELERY, "worker", "--queues", queue, "--hostname", f"{name}@%h", *CALM,
                 "--without-gossip", "--without-mingle", *options],
        env={**os.environ, **(env or {})},
        cwd=str(settings.BASE_DIR),
        stop_timeout_s=stop_timeout_s,
    )  # fmt: skip


def claim_port(host: str, port: int) -> socket.socket:
    """A socket that listens on the address. Raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(1024)
    except OSError:
        listening.close()
        raise
    return listening


def asked_at(host: str) -> str:
    """Where a site that listens on `host` can be asked from this machine."""
    return LOOPBACK_OF.get(host, host)


def answers(host: str, port: int) -> bool:
    """Whether the site at this address answers at all (whatever it thinks of our Host header)."""
    connection = http.client.HTTPConnection(asked_at(host), port, timeout=2)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def is_silent(worker: Child) -> bool:
    """Whether a worker that had time to do so has not run a heartbeat for too long.

    Unknown (the rebuildable Redis is away) is not silent.
    """
    running_s = time.monotonic() - worker.started_at
    if running_s < SILENCE_LIMIT_S:
        return False
    try:
        age = heartbeat.age_s(redis_clients.rebuildable())
        redis_clients.broker().ping()
    except (RedisError, OSError):
        return False
    return age is None or age > SILENCE_LIMIT_S


def keep_running(
    children: dict[str, Child], say: Callable[[str], None], each_tick: Callable[[], object]
) -> None:
    """Restart what dies or falls silent, for ever (until an exception, such as Ctrl-C's)."""
    watched_at = time.monotonic()
    while True:
        for child in children.values():
            if (code := child.revive()) is not None:
                say(f"{child.name} ended ({why(code)}) and is started again.")
        each_tick()
        if time.monotonic() - watched_at > WATCH_EVERY_S:
            watched_at = time.monotonic()
            if is_silent(children["worker"]):
                say("worker takes no tasks and is started again.")
                children["worker"].ask_to_stop()
                children["worker"].wait_stopped()
        time.sleep(TICK_S)


def why(code: int) -> str:
    """A process's end in words."""
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


def stamp_of(*paths: Path) -> str:
    """What tells that one of these files changed: their times and sizes."""
    return " ".join(
        f"{path.stat().st_mtime_ns}:{path.stat().st_size}" for path in paths if path.exists()
    )
