"""Which run goes next: first come, first served, and what measures time runs alone.

Runs of all queues share one machine. A run that measures durations starts only when no other runs,
and none starts beside it or overtakes it.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet

from trainer.lab.models import ACTIVE, Run

ORDINARY, SANDBOX = QUEUES = "lab", "lab-sandbox"
LEASE = timedelta(seconds=10)  # renewed every RENEW_S: three may be missed
RENEW_S = 2.5
MOST_TRIES = 2
ONE_CHOOSES = 7_303_041  # an advisory lock's number, any that nobody else has
GAVE_UP = "The worker ended twice in this run: run it again, with smaller inputs."


def take(queue: str, now: datetime) -> Run | None:
    """The next run of `queue`, now running, or None where none may start yet."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_CHOOSES])
        run = Run.objects.filter(state=Run.State.QUEUED, queue=queue).order_by("number").first()
        if run is None or not may_start(run):
            return None
        run.state, run.started_at, run.lease_until = Run.State.RUNNING, now, now + LEASE
        run.tries, run.version = run.tries + 1, run.version + 1
        run.save(update_fields=["state", "started_at", "lease_until", "tries", "version"])
        return run


def may_start(run: Run) -> bool:
    """Whether a queued run may go now, by what runs and what waits before it."""
    running = Run.objects.filter(state=Run.State.RUNNING)
    if run.is_timing:
        return not running.exists()
    before = Run.objects.filter(state=Run.State.QUEUED, number__lt=run.number)
    return not (running | before).filter(is_timing=True).exists()


def place(run: Run) -> int:
    """How many runs of its own queue go before it, and itself: 1 is next."""
    before = Run.objects.filter(state=Run.State.QUEUED, queue=run.queue, number__lt=run.number)
    return before.count() + 1


def renew(run: Run, now: datetime) -> bool:
    """Say that its worker is there; whether the run is still this worker's."""
    return bool(_own(run).update(lease_until=now + LEASE))


def _own(run: Run) -> QuerySet[Run]:
    return Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, tries=run.tries)


def lost(now: datetime) -> int:
    """Runs whose worker is gone begin again; one that has had MOST_TRIES fails. Their number."""
    gone = Run.objects.filter(state=Run.State.RUNNING, lease_until__lt=now)
    failed = gone.filter(tries__gte=MOST_TRIES).update(
        state=Run.State.FAILED, error=GAVE_UP, ended_at=now, version=F("version") + 1
    )
    return failed + gone.filter(tries__lt=MOST_TRIES).update(
        state=Run.State.QUEUED,
        said="The worker was restarted: the run begins again.",
        share=0.0,
        result={},
        version=F("version") + 1,
    )


def waiting() -> set[str]:
    """The queues in which a run waits."""
    queued = Run.objects.filter(state=Run.State.QUEUED)
    return set(queued.values_list("queue", flat=True).distinct())


def has_active(owner_id: int) -> bool:
    """Whether this person has a run that waits or runs."""
    return Run.objects.filter(attempt__owner_id=owner_id, state__in=ACTIVE).exists()
