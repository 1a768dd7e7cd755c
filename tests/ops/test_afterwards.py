"""What starts when the site is ready, and once."""

import time

import pytest

from trainer.ops import heartbeat
from trainer.ops.afterwards import ASK_EVERY_S, LONGEST_S, Afterwards
from trainer.resilience import redis_clients
from trainer.runtime.supervise import Child


class Site:
    """Its worker started when the clock showed 0."""

    def __init__(self) -> None:
        self.now = 0.0
        self.starts = 0
        self.afterwards = Afterwards(Child("worker", []), self.start, lambda: self.now)

    def start(self) -> None:
        self.starts += 1

    def starts_at(self, now: float) -> int:
        self.now = now
        self.afterwards.tick()
        return self.starts


@pytest.fixture
def site(servers: None) -> Site:
    redis_clients.rebuildable().delete(heartbeat.KEY)
    return Site()


def test_the_labs_wait_for_the_sites_own_worker(site: Site) -> None:
    assert site.starts_at(1.0) == 0
    heartbeat.beat(redis_clients.rebuildable())
    assert site.starts_at(1.0 + ASK_EVERY_S / 2) == 0
    assert site.starts_at(1.0 + ASK_EVERY_S) == 1
    assert site.starts_at(LONGEST_S + 1) == 1


def test_a_sign_of_the_last_start_is_none(site: Site) -> None:
    redis_clients.rebuildable().set(heartbeat.KEY, repr(time.time() - 60))
    assert site.starts_at(5.0) == 0


def test_whatever_is_away_the_labs_start_in_the_end(site: Site, settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert site.starts_at(LONGEST_S - 1) == 0
    assert site.starts_at(LONGEST_S + 1) == 1
