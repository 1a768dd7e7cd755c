"""`bench fanout`: how fast pushes are, against other ways and against the server's own limit.

The followers are made up (account ids from 1 on): what is measured is the push, not the graph. Only
the last measurement, from commit to last timeline, goes through Postgres, outbox and Celery.
"""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count

import numpy as np
from django.conf import settings
from redis import Redis

from trainer.lib.benchmark import Bench, CannotMeasure, Result, Row, interleaved, spread
from trainer.twitter import keys
from trainer.twitter.benches import fanout_end_to_end, fanout_rivals
from trainer.twitter.graph.packed import DTYPE, Ids, by_bucket
from trainer.twitter.timelines.push import Delivery, Flags, push
from trainer.twitter.timelines.scripts import SLACK
from trainer.twitter.timelines.window import LENGTH, marker

FOLLOWERS = 100_000
# Slow ways are tried on fewer followers: what counts is the time of one delivery.
PIPELINED, MASTODON, ONE_BY_ONE = 20_000, 10_000, 2_000
TWEETS, EACH = 25, 5  # every follower gets five of them, by chance
FULL = 5_000  # followers whose timelines are full
MOST_ROUNDS = 50  # so that no list but those is ever full
# Worlds that no database gives out so soon; their keys are deleted at the end.
LISTS, FULL_LISTS, ONE_LIST, FEEDS = WORLDS = range(2_000_000_000, 2_000_000_004)
SEED = 1


@dataclass
class Ground:
    """What the cases share; `cpu` collects (client s, server s) of every run, by case."""

    redis: Redis
    followers: Ids = field(
        default_factory=lambda: by_bucket(np.arange(1, FOLLOWERS + 1, dtype=DTYPE))
    )
    active: Flags = field(default_factory=lambda: np.zeros(FOLLOWERS + 1, dtype=np.bool_))
    tweet_ids: "count[int]" = field(default_factory=lambda: count(1 << 60))
    cpu: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def push(self, world_id: int, audiences: Sequence[Ids], to: Redis | None = None) -> None:
        tweets = [Delivery(next(self.tweet_ids), audience) for audience in audiences]
        push(to or self.redis, world_id, tweets, self.active)

    def packed_id(self) -> bytes:
        return next(self.tweet_ids).to_bytes(8, "big")


def run(options: Namespace) -> Result:
    """Every case once a round, and the figures of one list and of one tweet from end to end."""
    if options.rounds > MOST_ROUNDS:
        raise CannotMeasure(f"{options.rounds} rounds would fill the lists: take {MOST_ROUNDS}.")
    with closing(_server(options.redis)) as redis, _second(options) as second:
        ground = Ground(redis)
        try:
            return _measured(ground, second, options.rounds)
        finally:
            for server in (redis, second):
                _clean(server, ground.followers)


def _measured(ground: Ground, second: Redis | None, rounds: int) -> Result:
    works = _works(ground) | (_two_shards(ground, second) if second else {})
    for _, work in works.values():
        work()  # once without counting: lists are made, scripts are sent
    cases = {
        name: lambda name=name, n=n, work=work: _rate(ground, name, n, work)
        for name, (n, work) in works.items()
    }
    found = interleaved(cases, rounds)
    shares = {
        name: spread([client / server for client, server in ground.cpu[name]])
        for name in ("ungrouped", "grouped_5")
    }
    most, full = _bytes_of_a_timeline(ground)
    taken_ms, has_worker = fanout_end_to_end.rounds_ms(ground.redis, rounds)
    end_to_end = spread(taken_ms)
    rate = {name: found[name].median for name in found}
    return Result(
        ratios={
            "vs_server_limit": rate["ungrouped"] / rate["server_limit"],
            "grouped_5": rate["grouped_5"] / rate["ungrouped"],
            "same_5": rate["same_5"] / rate["ungrouped"],
            "vs_pipeline": rate["ungrouped"] / rate["pipeline"],
            "vs_loop": rate["ungrouped"] / rate["loop"],
            "vs_mastodon_sequence": rate["ungrouped"] / rate["mastodon_sequence"],
            "client_cpu": shares["ungrouped"].median,
            "client_cpu_grouped_5": shares["grouped_5"].median,
            **({"two_shards": rate["two_shards"] / rate["ungrouped"]} if second else {}),
        },
        figures={f"{name}_deliveries_per_s": value for name, value in rate.items()}
        | {
            "full_timeline_bytes": full,
            "timeline_before_trim_bytes": most,
            "end_to_end_p50_ms": end_to_end.median,
        },
        rows=[
            *(Row(name, "deliveries/s", found[name]) for name in found),
            *(Row(f"client CPU, {name}", "of the server's", shares[name]) for name in shares),
            Row("commit to last of 99,999 timelines", "ms", end_to_end),
        ],
        lines=list(_notes(has_worker, second is not None)),
    )


def _works(ground: Ground) -> dict[str, tuple[int, Callable[[], None]]]:
    """By name: how many deliveries a run makes, and the run."""
    redis, followers = ground.redis, ground.followers
    limit = fanout_rivals.ServerLimit(redis, LISTS, followers)
    five_each = _five_each(followers)
    any_of = np.random.default_rng(SEED).permutation(followers)
    few, some, more = any_of[:ONE_BY_ONE], any_of[:MASTODON], any_of[:PIPELINED]
    full = _full_lists(ground)
    return {
        "ungrouped": (FOLLOWERS, lambda: ground.push(LISTS, [followers])),
        "server_limit": (FOLLOWERS, lambda: limit(ground.packed_id())),
        "grouped_5": (EACH * FOLLOWERS, lambda: ground.push(LISTS, five_each)),
        "same_5": (EACH * FOLLOWERS, lambda: ground.push(LISTS, [followers] * EACH)),
        "full_lists": (SLACK * FULL, lambda: _until_trimmed(ground, full)),
        "pipeline": (
            PIPELINED,
            lambda: fanout_rivals.pipelined(redis, LISTS, more, ground.packed_id()),
        ),
        "loop": (
            ONE_BY_ONE,
            lambda: fanout_rivals.one_by_one(redis, LISTS, few, ground.packed_id()),
        ),
        "mastodon_sequence": (
            MASTODON,
            lambda: fanout_rivals.as_mastodon(redis, FEEDS, some, next(ground.tweet_ids)),
        ),
    }


def _two_shards(ground: Ground, second: Redis) -> dict[str, tuple[int, Callable[[], None]]]:
    """Half of the buckets on each of two servers, a thread for each."""
    half = ground.followers % keys.BUCKETS < keys.BUCKETS // 2
    parts = [(ground.redis, ground.followers[half]), (second, ground.followers[~half])]

    def work() -> None:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda part: ground.push(LISTS, [part[1]], part[0]), parts))

    return {"two_shards": (FOLLOWERS, work)}


def _rate(ground: Ground, name: str, deliveries: int, work: Callable[[], None]) -> float:
    server, client, started = _server_cpu_s(ground.redis), time.process_time(), time.perf_counter()
    work()
    taken, own = time.perf_counter() - started, time.process_time() - client
    ground.cpu.setdefault(name, []).append((own, _server_cpu_s(ground.redis) - server))
    return deliveries / taken


def _server_cpu_s(redis: Redis) -> float:
    info = redis.info("cpu")
    return float(info["used_cpu_user"]) + float(info["used_cpu_sys"])


def _five_each(followers: Ids) -> list[Ids]:
    """The audiences of 25 tweets; every follower is in five of them."""
    chance = np.random.default_rng(SEED).random((len(followers), TWEETS))
    chosen = chance.argsort(axis=1)[:, :EACH]
    return [followers[(chosen == tweet).any(axis=1)] for tweet in range(TWEETS)]


def _full_lists(ground: Ground) -> Ids:
    """Followers whose verified lists are at the length from which the next push trims."""
    full = ground.followers[:FULL].copy()
    with ground.redis.pipeline(transaction=False) as pipe:
        for account in full.tolist():
            pipe.rpush(keys.home(FULL_LISTS, account), marker(0))
        pipe.execute()
    for size in (200, 200, 200, 200, SLACK - 1):
        ground.push(FULL_LISTS, [full] * size)
    return full


def _until_trimmed(ground: Ground, full: Ids) -> None:
    """As many single tweets as it takes for every list to be trimmed once."""
    for _ in range(SLACK):
        ground.push(FULL_LISTS, [full])


def _bytes_of_a_timeline(ground: Ground) -> tuple[int, int]:
    """The most that a list takes while it grows by single pushes, and what it takes once trimmed
    to 800 ids: with its key, by MEMORY USAGE over all its elements."""
    key, one = keys.home(ONE_LIST, 1), ground.followers[ground.followers == 1]
    ground.redis.rpush(key, marker(0))
    sizes = []
    for _ in range(LENGTH + SLACK):
        ground.push(ONE_LIST, [one])
        sizes.append(ground.redis.memory_usage(key, samples=0) or 0)
    return max(sizes), sizes[-1]


def _notes(has_worker: bool, has_second: bool) -> Iterator[str]:
    yield (
        f"{FOLLOWERS:,} made-up followers, the same lists for all; {PIPELINED:,} for the pipeline,"
        f" {MASTODON:,} for Mastodon's sequence, {ONE_BY_ONE:,} for the loop. full_lists: {FULL:,}"
        " followers, every list is trimmed once a round. server_limit: one script that walks all"
        " followers in the server with the same RPUSH and look at the length."
    )
    who = "a Celery worker" if has_worker else "this process, for lack of a Celery worker"
    yield f"From commit to last timeline: outbox and Postgres are real, drained by {who}."
    if not has_second:
        yield "Two servers were not compared: name a second one with --second-redis URL."


def _server(url: str) -> Redis:
    """A client without the site's short timeout: a rival may hold up the server for longer."""
    if "+cluster" in url:
        raise CannotMeasure("The bench compares on one server: name one with --redis URL.")
    return Redis.from_url(url)


@contextmanager
def _second(options: Namespace) -> Iterator[Redis | None]:
    if not options.second_redis:
        yield None
        return
    with closing(_server(options.second_redis)) as redis:
        yield redis


def _clean(redis: Redis | None, followers: Ids) -> None:
    if redis is None:
        return
    redis.delete(fanout_rivals.followers_key(LISTS))
    for world_id in WORLDS:
        for first in range(0, len(followers), 10_000):
            some = followers[first : first + 10_000].tolist()
            redis.unlink(*(keys.home(world_id, account) for account in some))


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--redis", default=settings.REDIS_URL, help="default: REDIS_URL")
    parser.add_argument("--second-redis", default="", help="compare two servers with one")


BENCH = Bench("Deliveries of tweets into timelines", run, _add_arguments)
