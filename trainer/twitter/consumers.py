"""Who does the work of the outbox, and how a batch of it is done."""

import logging
from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Count
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from trainer.lib import clock
from trainer.resilience.single_flight import StillMissing
from trainer.twitter.discovery import affinity
from trainer.twitter.models import OutboxRow
from trainer.twitter.outbox import Consumer, Job
from trainer.twitter.search import indexing
from trainer.twitter.timelines import fanout
from trainer.twitter.trends import counting
from trainer.twitter.world import overlays

Handler = Callable[[Sequence[Job]], None]

HANDLERS: dict[Consumer, Handler] = {
    Consumer.SEARCH: indexing.handle,
    Consumer.FANOUT: fanout.handle,
    Consumer.TRENDS: counting.handle,
    Consumer.INTERACTIONS: affinity.handle,
}
# Rows done in one transaction, which must end well below Celery's limit on a task: a tweet may go
# to a hundred thousand timelines, while it is indexed in a millisecond.
BATCH = {
    Consumer.SEARCH: 200,
    Consumer.FANOUT: 25,
    Consumer.TRENDS: 200,
    Consumer.INTERACTIONS: 200,
}
FIRST_PAUSE_S, MAX_PAUSE_S = 2, 300
# What is away or too slow, and not what is wrong with a row.
OUTAGES = (
    OperationalError,
    InterfaceError,
    RedisConnectionError,
    RedisTimeoutError,
    StillMissing,
    OSError,
)

log = logging.getLogger(__name__)


def drain(consumer: Consumer, limit: int | None = None, lane: int | None = None) -> int:
    """Do one batch of a consumer, of BATCH rows or `limit`; how many it took, 0 if none was free.

    `lane`: whose rows; None: those of this process, 0 outside of sandboxes.
    The rows are deleted in the transaction in which the handler runs: what it writes to Postgres
    takes effect once, what it writes to Redis at least once. A worker that is killed lets go of
    its rows at once, for the next. In an outage the batch is put off; a row that cannot be done
    is put off alone, and the others are done without it.
    """
    with transaction.atomic():
        lane = settings.SANDBOX if lane is None else lane
        jobs, homeless = _claim(lane, consumer, limit or BATCH[consumer])
        failed = _handle(HANDLERS[consumer], jobs)
        taken = {job.id for job in jobs} | homeless
        OutboxRow.objects.filter(id__in=taken - failed).delete()
        _put_off(failed)
    return len(taken)


def backlog(**where: Any) -> dict[str, int]:
    """How many rows wait, by consumer; `where` filters, for example world_id=7."""
    counted = OutboxRow.objects.filter(**where).values_list("consumer").annotate(n=Count("id"))
    waiting = dict(counted)
    return {consumer.value: waiting.get(consumer, 0) for consumer in Consumer}


def _claim(lane: int, consumer: Consumer, limit: int) -> tuple[list[Job], set[int]]:
    """Locked rows as jobs, oldest first, and the ids of rows whose world was dropped."""
    now = clock.now()
    free = OutboxRow.objects.select_for_update(skip_locked=True)
    due = free.filter(lane=lane, consumer=consumer, retry_at__lte=now)
    rows = list(due.order_by("id")[:limit])
    worlds = overlays.by_ids({row.world_id for row in rows})
    jobs = [
        Job(row.pk, worlds[row.world_id], row.kind, row.payload, row.enqueued_at, now)
        for row in rows
        if row.world_id in worlds
    ]
    return jobs, {row.pk for row in rows if row.world_id not in worlds}


def _handle(handler: Handler, jobs: Sequence[Job]) -> set[int]:
    """Let the handler do them, all at once or else one by one; the ids of those not done."""
    if not jobs:
        return set()
    try:
        with transaction.atomic():
            handler(jobs)
    except OUTAGES as error:
        log.warning("%d outbox rows are put off: %s", len(jobs), type(error).__name__)
        return {job.id for job in jobs}
    except Exception:
        if len(jobs) == 1:
            log.exception("Outbox row %d failed and is put off", jobs[0].id)
            return {jobs[0].id}
    else:
        return set()
    return set().union(*(_handle(handler, [job]) for job in jobs))


def _put_off(row_ids: Collection[int]) -> None:
    """Let them wait, longer each time."""
    if not row_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE twitter_outbox SET attempts = attempts + 1,
                   retry_at = %s + least(%s * 2 ^ least(attempts, 20), %s) * interval '1 second'
             WHERE id = ANY(%s)
            """,
            [clock.now(), FIRST_PAUSE_S, MAX_PAUSE_S, list(row_ids)],
        )
