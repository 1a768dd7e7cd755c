"""From the commit of one tweet to the last of 99,999 timelines, through outbox and Celery."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from celery import current_app
from django.db import connection
from kombu.exceptions import OperationalError
from redis import Redis

from trainer.lib import clock
from trainer.lib.benchmark import CannotMeasure
from trainer.lib.ids import new_id
from trainer.twitter.consumers import drain
from trainer.twitter.outbox import DRAIN, Consumer
from trainer.twitter.timelines.models import DeliveryReport
from trainer.twitter.tweets.services import post_tweet
from trainer.twitter.world import overlays
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.value import World

AUTHOR = 1
FOLLOWERS = 99_999
START_S, PATIENCE_S, SWEEP_S, POLL_S = 20.0, 30.0, 5.0, 0.005


def rounds_ms(redis: Redis, rounds: int) -> tuple[list[float], bool]:
    """How long each of some tweets took, in ms, and whether a Celery worker did it, or this
    process. The first, for which the followers are fetched from Postgres, is not counted."""
    with _base() as base, _worker() as has_worker:
        world = overlays.create_overlay(base, now=clock.now(), threshold=FOLLOWERS + 1)
        try:
            taken = [_one_tweet(world, has_worker) for _ in range(rounds + 1)]
        finally:
            overlays.drop_overlay(redis, world)
    return taken[1:], has_worker


def _one_tweet(world: World, has_worker: bool) -> float:
    tweet_id = post_tweet(world, AUTHOR, "One tweet to them all", now=clock.now())
    committed_at = clock.now()
    if not has_worker:
        drain(Consumer.FANOUT)
    report = _report(world, tweet_id)
    if report.attempted != FOLLOWERS:
        raise CannotMeasure(f"The tweet was for {report.attempted} followers, not {FOLLOWERS}.")
    return (report.finished_at - committed_at).total_seconds() * 1000


def _report(world: World, tweet_id: int) -> DeliveryReport:
    """What the worker writes when it is done. Work that it put off is begun again, as beat would
    have it where the whole site runs."""
    started = swept = time.monotonic()
    while time.monotonic() < started + PATIENCE_S:
        found = DeliveryReport.objects.filter(world_id=world.id, tweet_id=tweet_id).first()
        if found is not None:
            return found
        if time.monotonic() > swept + SWEEP_S:
            swept = time.monotonic()
            current_app.send_task(DRAIN, ignore_result=True)
        time.sleep(POLL_S)
    raise CannotMeasure(
        f"No worker delivered the tweet within {PATIENCE_S:.0f} s: see whether one is stuck."
    )


@contextmanager
def _base() -> Iterator[World]:
    """A base world of an author and nothing but followers, all active."""
    now = clock.now()
    record = WorldRecord.objects.create(
        public_id=new_id(),
        name=f"bench {now:%H:%M:%S.%f}",
        accounts=FOLLOWERS + 1,
        state=WorldRecord.State.READY,
        started_at=now,
        ends_at=now,
    )
    try:
        _fill(record)
        yield overlays.by_ids([record.id])[record.id]
    finally:
        with connection.cursor() as cursor:
            for table in ("twitter_basegraph", "twitter_account"):
                cursor.execute(f"DELETE FROM {table} WHERE world_id = %s", [record.id])  # noqa: S608
        record.delete()


def _fill(record: WorldRecord) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO twitter_account (world_id, id, handle, name, region, quality, is_premium,
                   followers_count, following_count, created_at, last_active_at)
            SELECT %(world)s, n, 'bench' || n, 'Bench', 0, 0.5, false,
                   CASE n WHEN %(author)s THEN %(followers)s ELSE 0 END,
                   CASE n WHEN %(author)s THEN 0 ELSE 1 END, %(now)s, %(now)s
              FROM generate_series(1, %(followers)s + 1) n
            """,
            {
                "world": record.id,
                "author": AUTHOR,
                "followers": FOLLOWERS,
                "now": record.ends_at,
            },
        )
        cursor.execute(
            "INSERT INTO twitter_basegraph (world_id, account_id, following, followers)"
            " VALUES (%s, %s, '{}', ARRAY(SELECT generate_series(2, %s)))",
            [record.id, AUTHOR, FOLLOWERS + 1],
        )


@contextmanager
def _worker() -> Iterator[bool]:
    """Whether a worker serves: one that runs, or else one that is started for the while."""
    if _answers():
        yield True
        return
    started = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "trainer.celery", "worker", "--concurrency", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + START_S
        has_answered = False
        while not has_answered and started.poll() is None and time.monotonic() < deadline:
            has_answered = _answers()
        yield has_answered
    finally:
        started.terminate()
        started.wait()


def _answers() -> bool:
    with suppress(OperationalError, OSError):
        return bool(current_app.control.ping(timeout=1))
    return False
