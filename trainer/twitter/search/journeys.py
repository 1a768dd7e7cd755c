"""A tweet's way into the index, and how many are still on theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import connection

from trainer.twitter.errors import UnknownTweet
from trainer.twitter.search.models import SearchJourney
from trainer.twitter.world.value import World

_WAITING = """
SELECT min(enqueued_at) FROM twitter_outbox
 WHERE world_id = %s AND consumer = 'search' AND kind = 'posted'
   AND payload ->> 'tweet_id' = %s
"""
_BACKLOG = "SELECT count(*) FROM twitter_outbox WHERE world_id = %s AND consumer = 'search'"
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Journey:
    """`posted_at` is real time. Each stage in milliseconds from the one before: claimed by a
    worker, its document prepared, written, committed so that a search finds it. None: not yet."""

    tweet_id: int
    posted_at: datetime
    queued_ms: float | None = None
    prepared_ms: float | None = None
    indexed_ms: float | None = None
    visible_ms: float | None = None

    @property
    def total_ms(self) -> float | None:
        """From posting to being found."""
        stages = (self.queued_ms, self.prepared_ms, self.indexed_ms, self.visible_ms)
        reached = [stage for stage in stages if stage is not None]
        return sum(reached) if len(reached) == len(stages) else None


def journey(world: World, tweet_id: int) -> Journey:
    """The stages that a tweet posted in this overlay has passed.

    Raises UnknownTweet: the base's tweets, and retweets, made no journey.
    """
    made = SearchJourney.objects.filter(world_id=world.id, tweet_id=tweet_id)
    row = made.first()
    if row is None:
        waiting_since = _waiting_since(world, tweet_id)
        if waiting_since is not None:
            return Journey(tweet_id, waiting_since)
        row = made.first()  # a worker may have indexed it between the two questions
    if row is None:
        raise UnknownTweet(tweet_id)
    stages = [row.posted_at, row.queued_at, row.prepared_at, row.indexed_at, row.visible_at]
    passed = (_ms(before, after) for before, after in pairwise(stages))
    return Journey(tweet_id, row.posted_at, *passed)


def backlog(world: World) -> int:
    """How many changes of this world wait to be indexed."""
    with connection.cursor() as cursor:
        cursor.execute(_BACKLOG, [world.id])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _waiting_since(world: World, tweet_id: int) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [world.id, str(tweet_id)])
        row = cursor.fetchone()
    return row[0] if row else None


def _ms(before: datetime | None, after: datetime | None) -> float | None:
    return None if before is None or after is None else (after - before) / _MS
