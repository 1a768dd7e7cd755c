"""A small world with all that serving reads, and reading its ranked timelines."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from django.db import connections

from tests.twitter import worlds
from trainer.lib import clock
from trainer.resilience.bounded import Calls, Inline
from trainer.resilience.breaker import Fallback
from trainer.resilience.faults import Fault, Faults
from trainer.resilience.quality import Quality
from trainer.resilience.redis_clients import client, rebuildable
from trainer.twitter.columns.artefacts import current_version
from trainer.twitter.columns.building import as_of
from trainer.twitter.columns.log import KINDS
from trainer.twitter.columns.reading import read_log
from trainer.twitter.discovery.services import learn_embeddings
from trainer.twitter.mixer.answer import HomeTimeline, RankedEntry
from trainer.twitter.mixer.budget import TARGET_S
from trainer.twitter.mixer.features import HEAVY, LIGHT
from trainer.twitter.mixer.home import home_timeline
from trainer.twitter.mixer.known import Shelf
from trainer.twitter.mixer.machine import Machine
from trainer.twitter.mixer.rankers import heavy, kept, light
from trainer.twitter.mixer.rankers.layer import Layer
from trainer.twitter.mixer.rankers.model import Rankers
from trainer.twitter.mixer.rates import rates
from trainer.twitter.mixer.types import Weights
from trainer.twitter.world.value import World

WEIGHTS = Weights("test", {"like": 1.0, "retweet": 2.0, "reply": 13.5, "click": 11.0})
DEAD = client("redis://127.0.0.1:1/0")
Read = Callable[..., HomeTimeline]
SHELF = Shelf()  # of all tests that change no artefact


def ranked_world() -> World:
    """A small world of its own with its artefacts, committed: made by whoever needs it first, in a
    thread, as the test is within a transaction. The rankers are untrained: their chances are of the
    right shape, and that is all that serving asks."""
    world = worlds.small_world("ranked")
    if current_version(world, kept.NAME) is None:
        maker = threading.Thread(target=_make, args=(world,))
        maker.start()
        maker.join()
    return world


def _make(world: World) -> None:
    try:
        learn_embeddings(world)
        kept.save(world, untrained(world, seed=1), {})
    finally:
        connections.close_all()


def untrained(world: World, seed: int) -> Rankers:
    log = read_log(world)
    rng = np.random.default_rng(seed)
    return Rankers(
        light.Light(_layer(rng, len(LIGHT), len(KINDS))),
        heavy.Heavy(_layer(rng, len(HEAVY), 64), _layer(rng, 64, 32), _layer(rng, 32, len(KINDS))),
        rates(log, as_of(log, log.ends_at_ms)),
    )


def _layer(rng: np.random.Generator, inputs: int, outputs: int) -> Layer:
    weights = rng.standard_normal((inputs, outputs)) / (3 * np.sqrt(inputs))
    return Layer(weights.astype(np.float32), np.full(outputs, -2, np.float32))


def a_machine(calls: Calls | None = None, shelf: Shelf = SHELF) -> Machine:
    """Of its own, so that no test finds another's pauses and factors; in the test's own thread and
    transaction, unless other `calls` are given."""
    return Machine(calls or Inline(), Fallback(), Quality(TARGET_S), shelf)


def reading(machine: Machine) -> Read:
    """A way to read: (world, account, ...) as `home_timeline`, now, by WEIGHTS, with the trace."""

    def read(world: World, account_id: int, **more: Any) -> HomeTimeline:
        given: dict[str, Any] = {"weights": WEIGHTS, "now": clock.now(), "trace": True, **more}
        redis = given.pop("redis", None) or rebuildable()
        return home_timeline(redis, world, account_id, machine=machine, **given)

    return read


def failing(*parts: str, kind: str = "error") -> Faults:
    return Faults({part: Fault(kind) for part in parts})  # type: ignore[arg-type]


def ids(page: HomeTimeline) -> list[int]:
    return [entry.tweet.id for entry in page.entries]


def authors_of(entry: RankedEntry) -> set[int]:
    """The entry's, and that of what it shows."""
    return {tweet.author_id for tweet in (entry.tweet, entry.original) if tweet}


def shown_by(page: HomeTimeline) -> set[int]:
    return set().union(*map(authors_of, page.entries))
