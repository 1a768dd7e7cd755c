"""The outbox: what the consumers must still do, written in the transaction that makes it needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from celery import signature
from django.conf import settings

from trainer.lib import clock
from trainer.resilience.dispatch import dispatch
from trainer.twitter.models import OutboxRow
from trainer.twitter.world.value import World

DRAIN = "twitter.drain"


class Consumer(StrEnum):
    """In the order in which a worker serves them: search has the tightest promise."""

    SEARCH = "search"
    FANOUT = "fanout"
    TRENDS = "trends"
    INTERACTIONS = "interactions"


class Event(StrEnum):
    POSTED = "posted"
    RETWEETED = "retweeted"
    DELETED = "deleted"
    FOLLOWED = "followed"
    UNFOLLOWED = "unfollowed"
    ENGAGED = "engaged"
    DISENGAGED = "disengaged"


WHO_CARES = {
    Event.POSTED: tuple(Consumer),
    Event.RETWEETED: (Consumer.FANOUT, Consumer.INTERACTIONS),
    Event.DELETED: (Consumer.SEARCH, Consumer.TRENDS, Consumer.INTERACTIONS),
    Event.FOLLOWED: (Consumer.FANOUT,),
    Event.UNFOLLOWED: (Consumer.FANOUT,),
    Event.ENGAGED: (Consumer.INTERACTIONS,),
    Event.DISENGAGED: (Consumer.INTERACTIONS,),
}


@dataclass(frozen=True, slots=True)
class Job:
    """One row, claimed. `enqueued_at` is when the event happened, both times real."""

    id: int
    world: World
    kind: str
    payload: dict[str, Any]
    enqueued_at: datetime
    claimed_at: datetime


def enqueue(world: World, event: Event, payload: Mapping[str, int]) -> None:
    """Within the event's transaction: one row for each consumer, and a task after the commit.

    They are in the lane of this process: what is done in a sandbox, its own worker does.
    """
    now = clock.now()
    OutboxRow.objects.bulk_create(
        OutboxRow(
            world_id=world.id,
            lane=settings.SANDBOX,
            consumer=consumer,
            kind=event,
            payload=dict(payload),
            enqueued_at=now,
            retry_at=now,
        )
        for consumer in WHO_CARES[event]
    )
    dispatch(signature(DRAIN))
