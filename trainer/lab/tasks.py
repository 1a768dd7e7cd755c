from celery import shared_task

from trainer.lab import notices, overlays, queue, running, sandbox
from trainer.lib import clock
from trainer.resilience.dispatch import dispatch


@shared_task(name="lab.work", ignore_result=True)  # type: ignore[untyped-decorator]
def work(name: str) -> None:
    """Do the next run of a queue, then ask for the one after. Run twice, the second finds none."""
    if running.work(name):
        for waiting in queue.waiting():
            ask_for_work(waiting)


@shared_task(name="lab.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Every few seconds: runs whose worker is gone or never came, tasks that were lost, overlays
    left behind."""
    now = clock.now()
    for changed in (*queue.lost(now), *queue.not_taken(now, has_sandbox=sandbox.available())):
        notices.notify(changed)
    for waiting in queue.waiting():
        ask_for_work(waiting)
    overlays.drop_idle(now)


def ask_for_work(name: str) -> None:
    """Tell the workers of a queue that a run waits; a sweep says so again."""
    dispatch(work, name, queue=name, expires=60)
