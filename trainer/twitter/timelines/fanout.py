"""The consumer that brings tweets into timelines, and the account of what that cost."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby

import numpy as np
from django.db.models import Max
from redis import Redis

from trainer.lib import clock
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.graph.selectors import followers
from trainer.twitter.outbox import Event, Job
from trainer.twitter.timelines.edges import settle
from trainer.twitter.timelines.models import DeliveryReport
from trainer.twitter.timelines.push import Delivery, Flags, Pushed, push
from trainer.twitter.tweets.models import Delivery as Stamp
from trainer.twitter.tweets.models import Tweet
from trainer.twitter.world.models import Account, WorldRecord
from trainer.twitter.world.value import World

# Who has been away for longer gets no pushes: their timeline is rebuilt when they come back.
DORMANT_AFTER = timedelta(days=30)
POSTS = (Event.POSTED, Event.RETWEETED)
EDGES = (Event.FOLLOWED, Event.UNFOLLOWED)
NOTHING = Pushed(attempted=0, stored=0, skipped=0, calls=0)


def handle(jobs: Sequence[Job]) -> None:
    """Push what is stamped so, report on every tweet, and settle the edges that changed.

    May be done again: timelines then hold ids twice, which readers see once, and reports are
    written anew. Raises RedisError, and then the jobs are to be done again.
    """
    redis = rebuildable()
    for _, group in groupby(sorted(jobs, key=_world_id), key=_world_id):
        here = list(group)
        world = here[0].world
        deliver(redis, world, {job.payload["tweet_id"] for job in here if job.kind in POSTS})
        edges = [job.payload for job in here if job.kind in EDGES]
        settle(redis, world, [(edge["follower_id"], edge["followee_id"]) for edge in edges])


def deliver(redis: Redis, world: World, tweet_ids: Collection[int]) -> None:
    """Push these tweets of an overlay to the followers of their authors, or not, as they are
    stamped; a report on each. Raises RedisError."""
    if not tweet_ids:
        return
    started_at = clock.now()
    found = Tweet.objects.filter(world_id=world.id, id__in=tweet_ids).order_by("id")
    tweets = list(found.values_list("id", "author_id", "delivery"))
    authors = {tweet_id: author for tweet_id, author, stamp in tweets if stamp == Stamp.PUSH}
    audiences = {author: followers(redis, world, author) for author in set(authors.values())}
    deliveries = [Delivery(tweet_id, audiences[author]) for tweet_id, author in authors.items()]
    outcomes = push(redis, world.id, deliveries, dormant(world.root.id))
    by_tweet = dict.fromkeys((tweet_id for tweet_id, *_ in tweets), NOTHING)
    by_tweet.update(zip(authors, outcomes, strict=True))
    _report(world, by_tweet, started_at)


@lru_cache(maxsize=8)
def dormant(base_id: int) -> Flags:
    """Who had been away when a base's history ended: (greatest account id + 1,) bool, by account
    id. A base never changes, so once for each process."""
    accounts = Account.objects.filter(world_id=base_id)
    ends_at = WorldRecord.objects.values_list("ends_at", flat=True).get(pk=base_id)
    flags = np.zeros(1 + (accounts.aggregate(Max("id"))["id__max"] or 0), dtype=np.bool_)
    away = accounts.filter(last_active_at__lt=ends_at - DORMANT_AFTER)
    flags[list(away.values_list("id", flat=True))] = True
    return flags


def _report(world: World, by_tweet: dict[int, Pushed], started_at: datetime) -> None:
    finished_at = clock.now()
    DeliveryReport.objects.bulk_create(
        (
            DeliveryReport(
                world_id=world.id,
                tweet_id=tweet_id,
                attempted=pushed.attempted,
                stored=pushed.stored,
                skipped=pushed.skipped,
                batches=pushed.calls,
                started_at=started_at,
                finished_at=finished_at,
            )
            for tweet_id, pushed in by_tweet.items()
        ),
        update_conflicts=True,
        unique_fields=["world_id", "tweet_id"],
        update_fields=["attempted", "stored", "skipped", "batches", "started_at", "finished_at"],
    )


def _world_id(job: Job) -> int:
    return job.world.id
