"""Which run goes next: first come, first served, and what measures time runs alone.

Runs of all queues share one machine. A run that measures durations starts only when no other runs,
none starts beside it, and none that came later overtakes it.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from trainer.lab.models import Run

ORDINARY, SANDBOX = QUEUES = "lab", "lab-sandbox"
LEASE = timedelta(seconds=10)  # renewed every RENEW_S: three may be missed
RENEW_S = 2.5
MOST_TRIES = 2
MOST_WAITING = 50  # ten minutes or so of work
WAITS_AT_MOST = timedelta(minutes=30)
WITHOUT_SANDBOX = timedelta(minutes=1)  # longer than a sandbox's restart
ONE_CHOOSES = 7_303_041  # an advisory lock's number, any that nobody else has
BEGINS_AGAIN = "A restart cut the run off: it begins again."
GAVE_UP = "The run was cut off twice: run it again, with smaller inputs."
STOPPED = "You stopped this run. Run it again when you like."
NOT_TAKEN = "No worker took this run: try again later, or tell whoever runs the site."


def take(queue: str, now: datetime) -> Run | None:
    """The next run of `queue`, now running, or None where none may start yet."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_CHOOSES])
        waiting = Run.objects.filter(state=Run.State.QUEUED, queue=queue).order_by("number")
        # A row that is being stopped just now is left out.
        run = waiting.select_for_update(skip_locked=True).first()
        if run is None or not may_start(run):
            return None
        run.state, run.started_at, run.lease_until = Run.State.RUNNING, now, now + LEASE
        run.tries, run.version = run.tries + 1, run.version + 1
        run.save(update_fields=["state", "started_at", "lease_until", "tries", "version"])
        return run


def may_start(run: Run) -> bool:
    """Whether a queued run may go now, by what runs and what waits before it."""
    running = Run.objects.filter(state=Run.State.RUNNING)
    before = Run.objects.filter(state=Run.State.QUEUED, number__lt=run.number)
    if run.is_timing and running.exists():
        return False
    return not (running | before).filter(is_timing=True).exists()


def place(run: Run) -> int:
    """How many runs wait before it, and itself: 1 is next."""
    return Run.objects.filter(state=Run.State.QUEUED, number__lt=run.number).count() + 1


def renew(run: Run, now: datetime) -> bool:
    """Say that its worker is there; whether the run is still this worker's."""
    own = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, tries=run.tries)
    return bool(own.update(lease_until=now + LEASE))


def lost(now: datetime) -> list[str]:
    """Runs whose worker is gone begin again, but for those that were to be stopped, and those that
    have had MOST_TRIES; their ids."""
    gone = Run.objects.filter(state=Run.State.RUNNING, lease_until__lt=now)
    ids = list(gone.values_list("id", flat=True))
    newer = F("version") + 1
    gone.filter(stop_asked=True).update(
        state=Run.State.STOPPED, error=STOPPED, ended_at=now, version=newer
    )
    gone.filter(tries__gte=MOST_TRIES).update(
        state=Run.State.FAILED, error=GAVE_UP, ended_at=now, version=newer
    )
    gone.update(state=Run.State.QUEUED, said=BEGINS_AGAIN, share=0.0, result={}, version=newer)
    return ids


def not_taken(now: datetime, *, has_sandbox: bool) -> list[str]:
    """Runs that wait for what does not come fail, and hold up nobody; their ids."""
    waiting = Run.objects.filter(state=Run.State.QUEUED)
    late = waiting.filter(queued_at__lt=now - WAITS_AT_MOST)
    if not has_sandbox:
        late |= waiting.filter(queue=SANDBOX, queued_at__lt=now - WITHOUT_SANDBOX)
    ids = list(late.values_list("id", flat=True))
    late.update(state=Run.State.FAILED, error=NOT_TAKEN, ended_at=now, version=F("version") + 1)
    return ids


def waiting() -> list[str]:
    """The queue of each of the first runs that wait: so many tasks are worth sending."""
    queued = Run.objects.filter(state=Run.State.QUEUED).order_by("number")
    return list(queued.values_list("queue", flat=True)[:8])


def is_full() -> bool:
    """Whether as many runs wait as may."""
    return Run.objects.filter(state=Run.State.QUEUED).count() >= MOST_WAITING
