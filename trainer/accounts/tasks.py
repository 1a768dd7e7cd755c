from importlib import import_module

from celery import shared_task
from django.conf import settings

from trainer.accounts import carrying
from trainer.accounts.guests import delete_idle_guests
from trainer.accounts.models import today
from trainer.lib import clock

BATCH_SIZE = 200
BATCHES = 50  # bounds one run below the task's time limit; the rest waits for the next run


@shared_task  # type: ignore[untyped-decorator]
def purge_idle_guests() -> None:
    """Delete guests idle for 30 days, batch by batch. May be run twice."""
    for _ in range(BATCHES):
        if not delete_idle_guests(today(), BATCH_SIZE):
            return


@shared_task  # type: ignore[untyped-decorator]
def purge_expired_sessions() -> None:
    """Delete the rows of sessions whose cookie has run out. May be run twice."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@shared_task  # type: ignore[untyped-decorator]
def purge_carryings() -> None:
    """Delete links to other devices that ended a day ago. May be run twice."""
    carrying.purge(clock.now())
