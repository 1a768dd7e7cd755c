"""A worker that is killed while it grades: another one grades, once."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.grading.answers import GOOD, OTHER, attempt, someone
from tests.grading.model import KEY, Asked, Model, good
from tests.resilience.valkeys import Valkey
from tests.runtime.processes import free_port
from tests.twitter.processes import Worker, environment
from trainer.grading import services, tasks
from trainer.grading.models import Grading
from trainer.lib import clock
from trainer.resilience import dispatch

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
SOON_S = 30.0


@pytest.fixture
def broker(tmp_path: Path, settings) -> Iterator[Valkey]:
    """One of our own, to which this process sends."""
    valkey = Valkey(tmp_path / "broker", free_port())
    valkey.folder.mkdir()
    valkey.start("--bind", "127.0.0.1")
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{valkey.port}/0"
    dispatch._sender.cache_clear()
    yield valkey
    dispatch._sender.cache_clear()
    valkey.kill()


def test_a_worker_killed_in_the_middle_is_made_up_for_once(
    broker: Valkey, tmp_path: Path, settings, model: Model
) -> None:
    is_held = threading.Event()

    def holds(model: Model, asked: Asked):
        is_held.set()
        model.ended.wait(SOON_S)
        return good(model, asked)

    model.plan.extend([good, holds])
    env = environment(
        tmp_path / "data", broker=settings.CELERY_BROKER_URL, redis=settings.REDIS_URL
    ) | {"GRADER_MODEL": "stub-1", "OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": model.url}
    worker = Worker(tmp_path / "worker.log", env)
    grading = services.request("drill:abc:1", attempt(GOOD, OTHER), someone())
    try:
        assert is_held.wait(SOON_S), worker.said()
    finally:
        worker.kill()
    grading.refresh_from_db()
    assert (grading.state, grading.done) == ("running", 1)

    tasks.grade(grading.id)  # its lease has not run out: nobody else takes it
    grading.refresh_from_db()
    assert (grading.state, grading.tries) == ("running", 1)
    Grading.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    tasks.sweep()
    tasks.grade(grading.id)  # as another worker does
    tasks.grade(grading.id)  # and a third, as its task was sent twice
    grading.refresh_from_db()
    assert (grading.state, grading.tries, grading.grade.grader) == ("done", 2, "llm")
    assert len(model.asked) == 3  # the first answer once, and what was cut off again
    assert KEY not in worker.said()
