"""Who grades what: a lease on a row, and what becomes of one whose worker is gone."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from trainer.grading.models import Grading

State = Grading.State
# Longer than Celery lets a task live (50 s): who holds one that has not run out is alive.
LEASE: Final = timedelta(seconds=55)
MOST_TRIES: Final = 3
MOST_SENT: Final = 20  # by one sweep; the next sends more
LOST_AFTER: Final = timedelta(seconds=5)  # a task that was sent is taken sooner, or waits in line
ONE_CHOOSES: Final = 7_303_061  # an advisory lock's number, any that nobody else has
GAVE_UP: Final = "The grading was cut off several times: ask for it again."


def take(id: str, now: datetime, *, at_once: int | None = None) -> Grading | None:
    """The grading, now this worker's; None where it is done, another's, or must wait.

    `at_once`: no more than so many run together.
    """
    with transaction.atomic():
        if at_once is not None:
            _choose_alone()
            if Grading.objects.filter(state=State.RUNNING, lease_until__gte=now).count() >= at_once:
                return None
        waiting = Grading.objects.select_for_update(skip_locked=True).filter(pk=id)
        row = waiting.filter(state=State.QUEUED).first()
        if row is None:
            return None
        row.state, row.lease_until = State.RUNNING, now + LEASE
        row.started_at = row.started_at or now
        row.tries += 1
        row.save(update_fields=["state", "lease_until", "started_at", "tries"])
        return row


def _choose_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_CHOOSES])


def update(grading: Grading, **changes: Any) -> bool:
    """Write to a row that is still this worker's; whether it was."""
    own = Grading.objects.filter(
        pk=grading.pk, state=State.RUNNING, lease_until=grading.lease_until
    )
    return bool(own.update(**changes))


def put_back(grading: Grading) -> None:
    """For the next task to go on, with its tries anew: this one came on."""
    update(grading, state=State.QUEUED, lease_until=None, tries=0)


def lost(now: datetime) -> None:
    """What a worker left behind waits again, or has failed for good."""
    gone = Grading.objects.filter(state=State.RUNNING, lease_until__lt=now)
    gone.filter(tries__gte=MOST_TRIES).update(
        state=State.FAILED, trouble=GAVE_UP, finished_at=now, lease_until=None
    )
    gone.update(state=State.QUEUED, lease_until=None)


def waiting(before: datetime) -> list[str]:
    """The oldest that wait since before that time: ids."""
    queued = Grading.objects.filter(state=State.QUEUED, asked_at__lte=before)
    return list(queued.order_by("asked_at").values_list("id", flat=True)[:MOST_SENT])


def at_once() -> int | None:
    """How many may run together: as many as workers, where none of them waits for a model."""
    return settings.GRADER_AT_ONCE if settings.GRADER_MODEL else None
