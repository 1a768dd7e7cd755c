"""What a run in a sandbox stops is its own, is really stopped, and comes back by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis.exceptions import RedisError

from tests.lab.sandboxed import in_sandbox
from tests.runtime.processes import eventually
from tests.twitter import village
from trainer.lab import sandbox
from trainer.lab.errors import LabError
from trainer.ops.sandboxes import Sandbox, Sandboxes
from trainer.resilience import redis_clients
from trainer.runtime.supervise import Child
from trainer.twitter import api
from trainer.twitter.api import World
from trainer.twitter.consumers import drain
from trainer.twitter.outbox import Consumer

FOX = 6
SITE = 0  # the lane of the site's own workers
SOON_S = 30.0


@pytest.fixture
def own(tmp_path: Path, settings, transactional_db: None, servers: None) -> Iterator[Sandbox]:
    with in_sandbox(tmp_path, settings) as own:
        yield own


@pytest.fixture
def world(own: Sandbox) -> World:
    return api.create_overlay(village.build().world)


def waiting(world: World) -> int:
    return sum(api.backlog(world).values())


def pid(child: Child) -> int:
    assert child.process is not None
    return child.process.pid


def is_down(child: Child) -> bool:
    return child.process is not None and child.process.poll() is not None


@pytest.mark.processes
def test_a_sandboxs_work_is_done_by_its_own_drainer_and_waits_while_that_is_down(
    own: Sandbox, world: World
) -> None:
    api.post_tweet(world, FOX, "one")
    assert [drain(consumer, lane=SITE) for consumer in Consumer] == [0] * len(Consumer)
    eventually(lambda: waiting(world) == 0, SOON_S, "the drainer does it")

    killed = pid(own.drainer)
    sandbox.take_down("worker", 1.5)
    eventually(lambda: is_down(own.drainer), SOON_S, "the drainer is down")
    api.post_tweet(world, FOX, "two")
    assert waiting(world) == len(Consumer)
    assert is_down(own.drainer)
    eventually(lambda: waiting(world) == 0, SOON_S, "a new drainer does it")
    assert pid(own.drainer) != killed


@pytest.mark.processes
def test_a_sandboxs_redis_is_killed_and_is_empty_when_it_comes_back(own: Sandbox) -> None:
    redis = redis_clients.rebuildable()
    redis.set("held", "1")
    sandbox.take_down("cache", 0.5)
    eventually(lambda: is_down(own.cache), SOON_S, "the cache is down")
    with pytest.raises(RedisError):
        redis.ping()
    eventually(lambda: not is_down(own.cache), SOON_S, "it is started again")
    eventually(lambda: _held(redis) == [], SOON_S, "it answers, and holds nothing")


def _held(redis) -> object:
    try:
        return redis.keys("*")
    except RedisError as error:
        return error


def test_nothing_is_stopped_for_a_run_outside_of_a_sandbox() -> None:
    with pytest.raises(LabError, match="in no sandbox"):
        sandbox.take_down("cache", 1.0)


@pytest.mark.parametrize("for_s", [0.0, 0.4, 20.1, float("nan")])
def test_a_part_is_not_down_for_too_short_or_too_long(tmp_path, settings, for_s: float) -> None:
    settings.SANDBOX, settings.SANDBOX_DIR = 1, tmp_path
    with pytest.raises(LabError, match=r"give 0\.5 to 20"):
        sandbox.take_down("worker", for_s)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"part": "site", "for_s": 1}'])
def test_an_order_that_cannot_be_read_is_told_and_forgotten(tmp_path, settings, written) -> None:
    settings.DATA_DIR = tmp_path
    own, said = Sandbox(1), list[str]()
    orders = own.folder / sandbox.ORDERS
    orders.mkdir(parents=True)
    (orders / "one.json").write_text(written)
    own.tick(said.append)
    own.tick(said.append)
    assert said == [f"sandbox-1 was given an order that cannot be read: {written}"]


@pytest.fixture
def _no_sandbox_is_known(servers: None) -> Iterator[None]:
    redis_clients.broker().delete(sandbox.KEY)
    sandbox._pause.cache_clear()
    yield
    redis_clients.broker().delete(sandbox.KEY)
    sandbox._pause.cache_clear()


@pytest.mark.usefixtures("_no_sandbox_is_known")
def test_the_pages_know_of_a_sandbox_as_long_as_somebody_says_that_one_runs(settings) -> None:
    Sandboxes(print).tick()
    assert not sandbox.available()
    sandbox.say_they_run()
    assert sandbox.available()
    assert 0 < redis_clients.broker().ttl(sandbox.KEY) <= sandbox.KEPT_S
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert not sandbox.available()
