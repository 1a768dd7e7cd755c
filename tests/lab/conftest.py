"""Worlds as the labs find them: committed, since they are looked up in a thread."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.lab.sandboxed import in_sandbox
from tests.twitter.mixer.ranked import ranked_world
from trainer.ops.sandboxes import Sandbox
from trainer.resilience.bounded import process_threads
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import api
from trainer.twitter.mixer.machine import of_this_process
from trainer.twitter.world.value import World

T = TypeVar("T")
A_WHILE_S = 60.0


def committed(call: Callable[[], T]) -> T:
    """What the call gives outside of the test's transaction."""
    return process_threads().within(A_WHILE_S, call)


@pytest.fixture
def base(db: None) -> World:
    return ranked_world()


@pytest.fixture
def sandboxed(base: World, tmp_path: Path, settings: Any) -> Iterator[Sandbox]:
    """The test, and a lab that it performs, are in a sandbox: mark it `processes`."""
    with in_sandbox(tmp_path, settings) as sandbox:
        yield sandbox


@pytest.fixture
def experiment(base: World, _nothing_known: None) -> Iterator[World]:
    world = committed(partial(api.create_overlay, base))
    yield world
    committed(partial(api.drop_overlay, world))


@pytest.fixture
def _nothing_known(servers: None) -> Iterator[None]:
    """Nothing is counted, and nothing was away a moment ago."""
    rebuildable().flushdb()
    yield
    of_this_process().postgres.answered()
    rebuildable().flushdb()
