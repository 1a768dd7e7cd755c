"""Running a lab as the worker does: committed, with its deliveries done by a drain beside it."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connections

from tests.lab.conftest import committed
from trainer.catalog.packs import get_pack
from trainer.lab import labs
from trainer.lab.blocks import Result
from trainer.lab.given import Given, Value
from trainer.lab.stage import Stage
from trainer.twitter import api
from trainer.twitter.consumers import drain
from trainer.twitter.outbox import Consumer

EVERY_S = 0.02


@dataclass
class Heard:
    """A sink that remembers what it was told."""

    said: list[tuple[str, float]] = field(default_factory=list)

    def tell(self, said: str, share: float, result: Mapping[str, Any]) -> None:
        if not self.said or self.said[-1] != (said, share):
            self.said.append((said, share))


def perform(
    slug: str, base: api.World | None, heard: Heard | None = None, **changes: Value
) -> Result:
    """The result of a lab of the Twitter pack with its default inputs, but for `changes`. Every
    figure that its content describes must have been given, and nothing else."""
    lab = get_pack("twitter").lab(slug)
    assert lab is not None, slug
    defaults = {control.id: control.default for control in lab.controls}
    assert changes.keys() <= defaults.keys()
    worlds: list[api.World] = []

    def make(world: api.World, **limits: int | None) -> api.World:
        worlds.append(api.create_overlay(world, **limits))
        return worlds[-1]

    code = labs.BY_NAME[lab.runs]
    stage = Stage(
        base,
        Given(defaults | changes),
        heard or Heard(),
        most_s=60.0,
        make_world=make,
    )
    ended = threading.Event()
    if settings.SANDBOX:  # its own drainer does the work, see sandboxed.py
        ended.set()
    worker = threading.Thread(target=_drain_until, args=(ended,))
    worker.start()
    try:
        committed(lambda: code.run(stage))
    finally:
        ended.set()
        worker.join()
        for world in worlds:
            committed(lambda world=world: api.drop_overlay(world))
    assert stage.result.figures.keys() == {figure.id for figure in lab.figures}
    json.dumps(stage.result.as_json(), allow_nan=False)
    return stage.result


def _drain_until(ended: threading.Event) -> None:
    try:
        while not ended.wait(EVERY_S):
            for consumer in Consumer:
                drain(consumer)
    finally:
        connections.close_all()
