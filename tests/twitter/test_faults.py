"""Parts that are stopped, killed and emptied under the mini Twitter. Every one is done to real
processes."""

import contextlib
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection, transaction
from redis import Redis

from tests.resilience.valkeys import Valkey
from tests.runtime.processes import PROJECT, eventually, free_port
from tests.twitter import crowd, oracle, village
from tests.twitter.crowd import STAR
from tests.twitter.processes import Worker, environment
from tests.twitter.reading import (
    home_page,
    trend_counts,
    trend_window,
    whole_home,
    whole_search,
    world_now,
)
from tests.twitter.village import ACCOUNTS
from tests.twitter.working import finish_the_work
from trainer.celery import app
from trainer.resilience import dispatch, redis_clients
from trainer.twitter import api, keys
from trainer.twitter.api import World
from trainer.twitter.consumers import drain
from trainer.twitter.models import DeliveryReport, OutboxRow
from trainer.twitter.outbox import Consumer

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

ANN, BEN, CEM, DOT, EVA, FOX, GUS, HAL = ACCOUNTS
FOLLOWERS = 5_000
OVERLAYS = 3
READERS = 100
# What the product promises for a worker killed whole; a sweep is in fact much sooner.
DONE_S = app.conf.broker_transport_options["visibility_timeout"] + 30


@dataclass
class Parts:
    """The two Valkeys that this process is told to use, and what was started beside them."""

    folder: Path
    broker: Valkey
    redis: Valkey
    env: dict[str, str]
    workers: list[Worker] = field(default_factory=list)
    beats: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start_broker(self) -> None:
        self.broker.folder.mkdir(exist_ok=True)
        self.broker.start("--bind", "127.0.0.1")

    def start_redis(self) -> None:
        """Empty: nothing that it holds must be kept."""
        self.redis.folder.mkdir(exist_ok=True)
        self.redis.start("--bind", "127.0.0.1", "--appendonly", "no")

    def start_worker(self) -> Worker:
        self.workers.append(Worker(self.folder / f"worker{len(self.workers)}.log", self.env))
        return self.workers[-1]

    def start_beat(self) -> None:
        log = (self.folder / "beat.log").open("ab")
        with log:
            self.beats.append(
                subprocess.Popen(
                    [sys.executable, "-m", "celery", "-A", "trainer.celery", "beat"],
                    cwd=PROJECT,
                    env=self.env,
                    stdout=log,
                    stderr=log,
                )
            )

    def stop(self) -> None:
        for beat in self.beats:
            beat.kill()
            beat.wait()
        for worker in self.workers:
            worker.kill()
        self.broker.kill()
        self.redis.kill()


def url(valkey: Valkey) -> str:
    return f"redis://127.0.0.1:{valkey.port}/0"


@pytest.fixture
def parts(tmp_path: Path, settings) -> Iterator[Parts]:
    broker, redis = (Valkey(tmp_path / name, free_port()) for name in ("broker", "redis"))
    env = environment(tmp_path / "data", broker=url(broker), redis=url(redis))
    settings.REDIS_URL, settings.CELERY_BROKER_URL = url(redis), url(broker)
    dispatch._sender.cache_clear()
    parts = Parts(tmp_path, broker, redis, env)
    try:
        parts.start_broker()
        parts.start_redis()
        yield parts
    finally:
        dispatch._sender.cache_clear()
        parts.stop()


@pytest.fixture
def world(parts: Parts) -> World:
    """An overlay on the village in which something has happened and been worked off."""
    world = api.create_overlay(village.build().world, threshold=4)
    for author in ACCOUNTS:
        api.post_tweet(world, author, f"basalt {author} #quarry")
    api.follow(world, CEM, FOX)
    api.unfollow(world, BEN, ANN)
    finish_the_work()
    return world


def reads_as_the_oracle_says(world: World) -> None:
    expected = oracle.homes(world, ACCOUNTS)
    assert {reader: whole_home(world, reader, 5) for reader in ACCOUNTS} == expected


# -- workers -----------------------------------------------------------------


@pytest.fixture
def storms(parts: Parts) -> list[World]:
    """Overlays on one base, in each of which a tweet goes to very many."""
    base = crowd.build(FOLLOWERS)
    return [api.create_overlay(base) for _ in range(OVERLAYS)]


def lists_of(world: World) -> list[int]:
    """How long each follower's timeline is."""
    pipe = redis_clients.rebuildable().pipeline(transaction=False)
    for reader in range(2, FOLLOWERS + 2):
        pipe.llen(keys.home(world.id, reader))
    return pipe.execute()


def nothing_waits() -> bool:
    return not OutboxRow.objects.exists()


def waits_for_the_reports() -> bool:
    """Whether a process waits for the lock on the delivery reports, its pushes done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
            " AND relation = 'twitter_delivery'::regclass)"
        )
        return bool(cursor.fetchone()[0])


@contextlib.contextmanager
def stuck_in_the_middle() -> Iterator[None]:
    """No worker comes further than through the first overlay's pushes."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE twitter_delivery IN SHARE MODE")
        yield


def shown_once_to_everybody(tweets: dict[int, World]) -> None:
    """Each was delivered whole, has one report, and is shown once."""
    for tweet, world in tweets.items():
        report = DeliveryReport.objects.get(world_id=world.id)
        assert report.tweet_id == tweet
        assert (report.attempted, report.stored, report.skipped) == (FOLLOWERS, FOLLOWERS, 0)
        assert min(lists_of(world)) >= 1
        for reader in range(2, FOLLOWERS + 2, FOLLOWERS // 50):
            assert whole_home(world, reader) == [tweet]
        assert whole_search(world, "hello") == [tweet]


def test_a_worker_killed_during_fan_out_delivers_everything_once(
    parts: Parts, storms: list[World]
) -> None:
    tweets = {api.post_tweet(world, STAR, "hello").id: world for world in storms}
    with stuck_in_the_middle():
        worker = parts.start_worker()
        eventually(waits_for_the_reports, DONE_S, "the worker is in the middle of the fan-out")
        worker.kill()
    pushed = [sum(lists_of(world)) for world in storms]
    assert pushed[0] == FOLLOWERS
    assert pushed[-1] == 0
    assert OutboxRow.objects.filter(consumer=Consumer.FANOUT).count() == OVERLAYS
    with Redis(port=parts.broker.port) as broker:
        broker.delete("celery")  # only the task that died is left, or a sweep
    parts.start_beat()
    parts.start_worker()
    eventually(nothing_waits, DONE_S, "everything is done")
    assert [max(lists_of(world)) for world in storms] == [2, 1, 1]
    shown_once_to_everybody(tweets)


def test_a_broker_restarted_with_tasks_in_flight_loses_nothing(
    parts: Parts, storms: list[World]
) -> None:
    parts.start_beat()
    tweets = {api.post_tweet(world, STAR, "hello").id: world for world in storms}
    with stuck_in_the_middle():
        parts.start_worker()
        eventually(waits_for_the_reports, DONE_S, "a task is in flight")
        parts.broker.kill()
        parts.start_broker()
    eventually(nothing_waits, DONE_S, "everything is done")
    shown_once_to_everybody(tweets)
    late = api.post_tweet(storms[0], STAR, "one more").id
    eventually(nothing_waits, DONE_S, "the worker consumes again")
    assert whole_home(storms[0], 2)[0] == late


def test_a_tweet_posted_while_the_broker_is_down_is_swept_when_it_is_back(
    parts: Parts, world: World
) -> None:
    parts.broker.kill()
    failed = dispatch.failures()
    tweet = api.post_tweet(world, EVA, "nobody was told")
    assert dispatch.failures() == failed + 1
    assert api.backlog(world) == dict.fromkeys(["search", "fanout", "trends", "interactions"], 1)
    assert whole_search(world, "nobody") == []
    parts.start_broker()
    parts.start_beat()
    parts.start_worker()
    eventually(nothing_waits, DONE_S, "the outbox is swept")
    assert whole_search(world, "nobody") == [tweet.id]
    reads_as_the_oracle_says(world)


# -- the rebuildable Redis ---------------------------------------------------


def test_without_redis_everything_is_read_and_written_and_the_timeline_is_labelled(
    parts: Parts, world: World
) -> None:
    assert home_page(world, ANN).source == "redis"
    parts.redis.kill()
    tweet = api.post_tweet(world, DOT, "marble in the dark #quarry")
    api.follow(world, EVA, CEM)
    assert home_page(world, ANN).source == "postgres"
    reads_as_the_oracle_says(world)
    for consumer in Consumer:
        drain(consumer)
    assert api.backlog(world) == {"search": 0, "fanout": 2, "trends": 0, "interactions": 0}
    assert whole_search(world, "marble") == [tweet.id]
    at = world_now(world)
    assert trend_counts(world, at) == oracle.Truth(world).trend_counts(*trend_window(at))
    parts.start_redis()
    assert home_page(world, ANN).source == "redis"
    reads_as_the_oracle_says(world)
    finish_the_work()
    reads_as_the_oracle_says(world)


def test_a_redis_that_comes_back_empty_gives_the_same_timelines(parts: Parts, world: World) -> None:
    before = {reader: whole_home(world, reader) for reader in ACCOUNTS}
    parts.redis.kill()
    parts.start_redis()
    assert redis_clients.rebuildable().dbsize() == 0
    assert {reader: whole_home(world, reader) for reader in ACCOUNTS} == before
    reads_as_the_oracle_says(world)


def test_a_redis_that_hangs_is_given_up_and_the_timeline_is_labelled(
    parts: Parts, world: World
) -> None:
    parts.redis.freeze()
    page = home_page(world, ANN)
    parts.redis.thaw()
    assert page.source == "postgres"
    assert [entry.tweet.id for entry in page.entries] == oracle.home(world, ANN)


def at_once(do: Callable[[int], api.HomePage], readers: list[int]) -> list[api.HomePage]:
    """Each in a thread of its own, with a connection that goes with it."""

    def one(reader: int) -> api.HomePage:
        try:
            return do(reader)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(readers)) as threads:
        return list(threads.map(one, readers))


def test_a_flush_under_a_hundred_readers_rebuilds_each_key_once(parts: Parts, world: World) -> None:
    redis = redis_clients.rebuildable()
    readers = [ANN, HAL] * (READERS // 2)
    redis.flushdb()
    one_by_one = sum(home_page(world, reader).rebuilt for reader in (ANN, HAL))
    redis.flushdb()
    redis.config_set("slowlog-max-len", 100_000)
    redis.config_set("slowlog-log-slower-than", 0)
    pages = at_once(lambda reader: home_page(world, reader), readers)
    redis.config_set("slowlog-log-slower-than", -1)
    assert {page.source for page in pages} == {"redis"}
    assert sum(page.rebuilt for page in pages) == one_by_one
    for reader, page in zip(readers, pages, strict=True):
        assert [entry.tweet.id for entry in page.entries] == oracle.home(world, reader)
    stored = Counter(values_stored(redis))
    assert stored
    assert {key: count for key, count in stored.items() if count > 1} == {}


def values_stored(redis: Redis) -> list[bytes]:
    """The keys of every SET since the log began, but for locks that were tried."""
    said = [entry["command"].split(b" ") for entry in redis.slowlog_get(100_000)]
    keys_set = [words[1] for words in said if words[0].upper() == b"SET"]
    return [key for key in keys_set if b"lock:" not in key]
