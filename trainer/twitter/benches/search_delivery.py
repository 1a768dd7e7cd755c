"""From posting to being found, through the real outbox and real workers, at a steady rate."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from django.conf import settings
from django.db import connection

from trainer.lib import clock
from trainer.lib.benchmark import CannotMeasure
from trainer.twitter.benches.search_world import ACCOUNTS
from trainer.twitter.search.journeys import Journey, backlog, journey
from trainer.twitter.search.selectors import search
from trainer.twitter.tweets import services
from trainer.twitter.world.value import World

WORKERS = 2
WARM_UP = 40  # tweets: connections are opened, modules loaded
START_S, DRAIN_S = 30.0, 60.0
PROBE_EVERY = 10  # tweets: really searched for, again and again until found


@dataclass
class Prober:
    """Searches in a thread of its own for tweets until it finds them."""

    world: World
    pending: dict[int, str] = field(default_factory=dict)
    seen: dict[int, float] = field(default_factory=dict)  # tweet: unix time
    ended: Event = field(default_factory=Event)

    def run(self) -> None:
        try:
            while not self.ended.is_set():
                for tweet_id, word in list(self.pending.items()):
                    if search(self.world, word).hits:
                        self.seen[tweet_id] = clock.now().timestamp()
                        del self.pending[tweet_id]
                time.sleep(0.005)
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class Delivered:
    """`journeys` in the order of posting; `found_ms` from posting to a search's hit, of the
    probed ones; `rate` tweets a second, as it came out."""

    journeys: Sequence[Journey]
    found_ms: Sequence[float]
    rate: float


def deliver(world: World, rate: float, seconds: float) -> Delivered:
    """Post at `rate` tweets a second for so long while workers index them."""
    with _workers() as log, _probing(world) as prober:
        _await_indexed(world, [_post(world, f"warm {n}", n) for n in range(WARM_UP)], log, START_S)
        count = round(rate * seconds)
        started = time.perf_counter()
        ids = [_post_when_due(world, prober, n, started + n / rate) for n in range(count)]
        taken_s = time.perf_counter() - started
        _await_indexed(world, ids, log, DRAIN_S)
        _await_found(prober)
    journeys = [journey(world, tweet_id) for tweet_id in ids]
    posted = {made.tweet_id: made.posted_at.timestamp() for made in journeys}
    found_ms = [(at - posted[tweet_id]) * 1000 for tweet_id, at in prober.seen.items()]
    return Delivered(journeys, found_ms, count / taken_s)


def _post_when_due(world: World, prober: Prober, number: int, due: float) -> int:
    time.sleep(max(0.0, due - time.perf_counter()))
    word = f"probe{number}"
    tweet_id = _post(world, f"{word} w{number % 100} posted on the way #t1", number)
    if number % PROBE_EVERY == 0:
        prober.pending[tweet_id] = word
    return tweet_id


def _post(world: World, text: str, number: int) -> int:
    return services.post_tweet(world, 1 + number % ACCOUNTS, text, now=clock.now())


def _await_indexed(world: World, ids: Sequence[int], log: str, within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while backlog(world) or any(journey(world, id).total_ms is None for id in ids[-5:]):
        if time.monotonic() > deadline:
            with open(log, errors="replace") as lines:
                said = lines.read()[-500:]
            raise CannotMeasure(f"The workers have not indexed within {within_s:.0f} s: {said}")
        time.sleep(0.05)


def _await_found(prober: Prober) -> None:
    deadline = time.monotonic() + START_S
    while prober.pending:
        if time.monotonic() > deadline:
            raise CannotMeasure(f"Indexed, but not found: tweets {sorted(prober.pending)}.")
        time.sleep(0.01)


@contextmanager
def _probing(world: World) -> Iterator[Prober]:
    prober = Prober(world)
    thread = Thread(target=prober.run)
    thread.start()
    try:
        yield prober
    finally:
        prober.ended.set()
        thread.join()


@contextmanager
def _workers() -> Iterator[str]:
    """Celery workers on the configured broker, beside those that may run; the path of their log."""
    command = [
        *(sys.executable, "-m", "celery", "--app", "trainer.celery", "--quiet", "worker"),
        *("--concurrency", str(WORKERS), "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle"),
    ]
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=os.environ, stdout=log, stderr=log
        )
        try:
            yield log.name
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
