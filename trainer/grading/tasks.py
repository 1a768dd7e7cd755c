from datetime import timedelta

from celery import shared_task

from trainer.grading import queue, running
from trainer.grading.models import Judged, Spent
from trainer.lib import clock
from trainer.resilience.dispatch import dispatch

SWEEP_S = 5.0
KEPT = timedelta(days=30)


@shared_task(name="grading.grade", ignore_result=True)  # type: ignore[untyped-decorator]
def grade(id: str) -> None:
    """Grade, or go on with it. Run twice, the second finds nothing to do."""
    if running.work(id):
        for waiting in queue.waiting(clock.now())[:1]:
            ask_for(waiting)


@shared_task(name="grading.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Every few seconds: gradings whose worker is gone, or whose task was lost."""
    now = clock.now()
    queue.lost(now)
    for id in queue.waiting(now - queue.LOST_AFTER):
        dispatch(grade, id, expires=SWEEP_S)  # the next sweep says it again


@shared_task(name="grading.forget_old", ignore_result=True)  # type: ignore[untyped-decorator]
def forget_old() -> None:
    """Every night: what the language model said long ago, and the counts of calls of then."""
    before = clock.now() - KEPT
    Judged.objects.filter(judged_at__lt=before).delete()
    Spent.objects.filter(day__lt=before.date()).delete()


def ask_for(id: str) -> None:
    """Have a worker do it, once the transaction is committed."""
    dispatch(grade, id)
