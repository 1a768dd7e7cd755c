"""The overlays of an attempt: made for a run, dropped at the next, at a reset, or when idle."""

from datetime import datetime, timedelta

from django.db import transaction

from trainer.lab.models import Attempt, Run
from trainer.lab.stage import Stopped
from trainer.twitter import api

IDLE = timedelta(hours=1)
AT_ONCE = 20  # dropped in one sweep: a second or two


def make(
    attempt: Attempt,
    base: api.World,
    *,
    threshold: int | None = None,
    viral_after: int | None = None,
) -> api.World:
    """A new overlay, written down before anybody uses it."""
    with transaction.atomic():
        world = api.create_overlay(base, threshold=threshold, viral_after=viral_after)
        locked = Attempt.objects.select_for_update().filter(pk=attempt.pk).first()
        if locked is None:
            raise Stopped  # its owner is gone
        locked.worlds = [*locked.worlds, world.public_id]
        locked.save(update_fields=["worlds"])
    return world


def drop(attempt: Attempt) -> None:
    """Drop all of its overlays. Doing it again does nothing."""
    with transaction.atomic():
        locked = Attempt.objects.select_for_update().filter(pk=attempt.pk).first()
        if locked is None:
            return
        worlds, locked.worlds = locked.worlds, []
        locked.save(update_fields=["worlds"])
    for public_id in worlds:
        try:
            api.drop_overlay(api.get_world(public_id))
        except api.errors.UnknownWorld:
            continue  # its time was up


def drop_idle(now: datetime) -> int:
    """Drop the overlays of those that nobody used for IDLE; how many attempts that were."""
    idle = Attempt.objects.filter(used_at__lt=now - IDLE).exclude(worlds=[])
    idle = idle.exclude(runs__state=Run.State.RUNNING)
    found = list(idle.order_by("used_at")[:AT_ONCE])
    for attempt in found:
        drop(attempt)
    return len(found)
