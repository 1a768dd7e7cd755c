import os
from typing import Any

from celery import shared_task, signals
from django.conf import settings

from trainer.ops import busy, heartbeat
from trainer.resilience import redis_clients
from trainer.runtime.identity import die_with_parent


@shared_task(name="ops.heartbeat")  # type: ignore[untyped-decorator]
def write_heartbeat() -> None:
    """Prove that a worker takes tasks and runs them."""
    heartbeat.beat(redis_clients.rebuildable())


@signals.worker_ready.connect  # type: ignore[untyped-decorator]
def first_heartbeat(**_: Any) -> None:
    """Do not wait for beat: the site is ready as soon as the worker runs its first task."""
    if settings.SANDBOX:
        return
    write_heartbeat.apply_async(expires=heartbeat.INTERVAL_S, retry=False)


@signals.worker_process_init.connect  # type: ignore[untyped-decorator]
def end_with_the_worker(**_: Any) -> None:
    """A pool process would outlive a worker that was killed (-9)."""
    die_with_parent(os.getppid())


if settings.SANDBOX:

    @signals.task_prerun.connect  # type: ignore[untyped-decorator]
    def write_beginning(task: Any, **_: Any) -> None:
        busy.begin(settings.SANDBOX_DIR / busy.FOLDER, task.request.delivery_info["routing_key"])

    @signals.task_postrun.connect  # type: ignore[untyped-decorator]
    def write_end(task: Any, **_: Any) -> None:
        busy.end(settings.SANDBOX_DIR / busy.FOLDER, task.request.delivery_info["routing_key"])
