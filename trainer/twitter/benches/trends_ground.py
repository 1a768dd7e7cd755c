"""What `bench trends` works on: an overlay of the default world in which a burst was posted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db import connection

from trainer.lib import clock
from trainer.lib.benchmark import CannotMeasure
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.errors import UnknownWorld, WorldNotReady
from trainer.twitter.outbox import Event, Job
from trainer.twitter.tweets import snowflake
from trainer.twitter.tweets.models import Delivery, Engagement, EngagementKind, Kind, Tweet
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

TAGS = 200
SEED = 1


@dataclass(frozen=True)
class Ground:
    """An overlay an hour old in which a burst was posted; nothing is counted yet."""

    world: World
    at: datetime
    posted: Sequence[Job]
    engaged: Sequence[Job]


@contextmanager
def prepared(name: str, tweets: int) -> Iterator[Ground]:
    """An overlay on the base of that name, dropped at the end. Raises CannotMeasure."""
    try:
        base = overlays.get_base(name)
    except (UnknownWorld, WorldNotReady) as error:
        raise CannotMeasure(f"{error} `manage.py seed_world` builds it.") from error
    world = overlays.create_overlay(base, now=clock.now() - timedelta(hours=1))
    try:
        at = world.now(clock.now())
        posted = _post(world, tweets, at)
        yield Ground(world, at, posted, _engage(world, [j.payload for j in posted], at))
    finally:
        overlays.drop_overlay(rebuildable(), world)


def _post(world: World, count: int, at: datetime) -> list[Job]:
    """Tweets of the last hour by accounts of the base, with a tag or two, some more often."""
    rng = np.random.default_rng(SEED)
    authors = rng.integers(1, _accounts(world) + 1, count).tolist()
    ago_s = np.sort(rng.uniform(1, 3599, count))[::-1].tolist()
    tags = (rng.pareto(1.0, (count, 2)) * 5).astype(int) % TAGS
    rows = [
        Tweet(
            world_id=world.id,
            id=snowflake.compose(snowflake.ms_since_epoch(at - timedelta(seconds=ago)), number),
            author_id=author,
            kind=Kind.TWEET,
            text=" ".join(f"words about #burst{tag}" for tag in own[: 1 + number % 2]),
            delivery=Delivery.PUSH,
        )
        for number, (author, ago, own) in enumerate(zip(authors, ago_s, tags, strict=True))
    ]
    Tweet.objects.bulk_create(rows, batch_size=2000)
    return [job(world, Event.POSTED, tweet_id=t.id, author_id=t.author_id) for t in rows]


def _engage(world: World, tweets: Sequence[dict[str, int]], at: datetime) -> list[Job]:
    """A like of each tweet, by one account in ten of those who posted."""
    fans = [tweet["author_id"] for tweet in tweets[::10]]
    rows = [
        Engagement(
            world_id=world.id,
            account_id=fans[number % len(fans)],
            tweet_id=tweet["tweet_id"],
            kind=EngagementKind.LIKE,
            at=at,
        )
        for number, tweet in enumerate(tweets)
    ]
    Engagement.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)
    return [
        job(world, Event.ENGAGED, account_id=row.account_id, tweet_id=row.tweet_id, author_id=0)
        for row in rows
    ]


def _accounts(world: World) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM twitter_account WHERE world_id = %s", [world.root.id])
        return int(cursor.fetchone()[0])


def job(world: World, kind: str, **payload: int) -> Job:
    now = clock.now()
    return Job(0, world, kind, payload, now, now)
