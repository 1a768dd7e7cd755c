"""Redis is emptied, or killed, while timelines are read: what answers, and what the lists cost
that are made again. Only in a sandbox, whose Redis is nobody else's."""

import time

from django.conf import settings

from trainer.lab.labs.redis_dies import shown
from trainer.lab.labs.redis_dies.watch import Phase, Watch
from trainer.lab.stage import LabCode, LabError, Needs, Stage
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import api

ROUNDS = 3  # of warm reads
EVERY_S = 0.03  # between two reads while it is away: some thirty a second
PATIENCE_S = 12.0  # beyond the time for which it is held down


def run(stage: Stage) -> None:
    if not settings.SANDBOX:
        raise LabError("This run is in no sandbox, and the site's own Redis stays as it is.")
    readers = api.readers(stage.base, stage.given.whole("readers"))
    if not readers:
        raise LabError("Nobody in this world was there lately and follows many: choose another.")
    watch = Watch(stage.overlay(), readers)
    _warm(stage, watch)
    if stage.given.text("how") == "stop":
        _stop(stage, watch, stage.given.whole("down_s"))
    else:
        _flush(stage, watch)
    shown.everything(stage, watch)
    _tell(stage, watch)
    stage.say("Done", 1.0)


def _warm(stage: Stage, watch: Watch) -> None:
    """Lists are made by the first reads, which do not count; then they are read."""
    stage.say(f"Making the lists of {len(watch.readers)} readers", 0.03)
    for reader in watch.readers:
        watch.learn(reader)
        stage.check()
    for number in range(ROUNDS):
        stage.say("Reading with Redis", 0.15 + 0.05 * number)
        for reader in watch.readers:
            watch.read(reader)
            stage.check()


def _flush(stage: Stage, watch: Watch) -> None:
    """For comparison reads from Postgres alone; then nothing is left in Redis."""
    stage.say("Reading as if Redis were away", 0.3)
    for reader in watch.readers:
        watch.read_without(reader)
        stage.check()
    rebuildable().flushdb()
    stage.say("Everything in Redis is gone", 0.5)
    watch.struck()
    for share in (0.6, 0.8):
        for reader in watch.readers:
            watch.read(reader)
            stage.check()
        shown.everything(stage, watch)
        stage.say("Reading on", share)


def _stop(stage: Stage, watch: Watch, down_s: int) -> None:
    """Read on, in turn, until everybody has been served from Redis again, and once more."""
    stage.take_down("cache", down_s)
    watch.struck()
    began = time.monotonic()
    while not watch.is_over:
        for reader in watch.readers:
            watch.read(reader)
            stage.wait(EVERY_S)
        past_s = time.monotonic() - began
        if past_s > down_s + PATIENCE_S:
            raise LabError(
                f"The sandbox's Redis did not die and come back within {past_s:.0f} s: try again."
            )
        shown.everything(stage, watch)
        stage.say(watch.told(), 0.3 + 0.6 * min(1.0, past_s / (down_s + 1)))


def _tell(stage: Stage, watch: Watch) -> None:
    warm, first = watch.median_ms(Phase.WARM), watch.median_ms(Phase.REBUILDING)
    stage.figure("warm_ms", warm)
    stage.figure("away_ms", watch.median_ms(Phase.AWAY))
    stage.figure("first_ms", first)
    stage.figure("times_warm", first / warm)
    stage.figure("again_ms", watch.median_ms(Phase.AGAIN))
    stage.figure("rebuilt", sum(read.rebuilt for read in watch.of(Phase.REBUILDING)))
    stage.figure("rebuild_ms", sum(read.ms for read in watch.of(Phase.REBUILDING)))
    stage.figure("away_s", watch.away_s)
    stage.figure("answered", len(watch.reads))
    stage.figure("different", sum(not read.is_same for read in watch.reads))


LAB = LabCode("redis-dies", run, Needs.WORLD, timing=True, sandbox=True, most_s=40.0)
