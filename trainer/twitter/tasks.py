import time

from celery import shared_task

from trainer.lib import clock
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.consumers import BATCH, drain
from trainer.twitter.outbox import Consumer
from trainer.twitter.world import overlays

# Well below Celery's limit on a task: one batch may still begin at the end. The sweep goes on.
DRAIN_S = 20.0


@shared_task(name="twitter.drain", ignore_result=True)  # type: ignore[untyped-decorator]
def drain_outbox() -> None:
    """Do what waits in the outbox, consumer by consumer. Run twice, the second finds nothing."""
    end = time.monotonic() + DRAIN_S
    for consumer in Consumer:
        while drain(consumer) == BATCH[consumer] and time.monotonic() < end:
            pass


@shared_task(name="twitter.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_outbox() -> None:
    """As drain: for rows whose task was lost, or that were put off."""
    drain_outbox()


@shared_task(name="twitter.drop_old_overlays", ignore_result=True)  # type: ignore[untyped-decorator]
def drop_old_overlays() -> None:
    overlays.drop_old_overlays(rebuildable(), clock.now())
