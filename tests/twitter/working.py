"""Doing the work of the outbox, in this process and at once."""

from collections.abc import Iterable

from trainer.lib import clock
from trainer.twitter.consumers import drain
from trainer.twitter.models import OutboxRow
from trainer.twitter.outbox import Consumer

ROUNDS = 50  # far more than it takes, so that a row which never gets done is seen


def finish_the_work() -> None:
    """Until nothing waits, also of what was put off."""
    for _ in range(ROUNDS):
        OutboxRow.objects.update(retry_at=clock.now())
        if not sum(drain(consumer) for consumer in Consumer):
            break
    assert not OutboxRow.objects.exists()


def put_back(rows: Iterable[OutboxRow]) -> None:
    """Let what was done be done again."""
    OutboxRow.objects.bulk_create(
        OutboxRow(
            world_id=row.world_id,
            consumer=row.consumer,
            kind=row.kind,
            payload=row.payload,
            enqueued_at=row.enqueued_at,
            retry_at=row.enqueued_at,
        )
        for row in rows
    )
