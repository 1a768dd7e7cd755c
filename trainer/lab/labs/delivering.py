"""Waiting until the workers have delivered what a lab posted."""

import time
from collections.abc import Callable, Sequence

from trainer.lab.stage import LabError, Stage
from trainer.twitter import api

PATIENCE_S = 15.0  # the sweep brings back within five seconds what was put off
POLL_S = 0.005


def await_delivered(
    stage: Stage,
    world: api.World,
    tweet_ids: Sequence[int],
    *,
    seen: Callable[[int], None] | None = None,
) -> list[api.DeliveryReport]:
    """The reports on all these tweets, in their order; `seen` is told how many there are so far.

    Raises LabError when for PATIENCE_S not one more was delivered.
    """
    count, moved_at = 0, time.monotonic()
    while True:
        found = api.audiences.delivered(world, tweet_ids)
        if len(found) > count:
            count, moved_at = len(found), time.monotonic()
            if seen:
                seen(count)
        if count == len(tweet_ids):
            return [found[tweet_id] for tweet_id in tweet_ids]
        if time.monotonic() > moved_at + PATIENCE_S:
            raise LabError(
                f"The workers take no tasks: {len(tweet_ids) - count} tweets are not delivered"
                f" after {PATIENCE_S:.0f} s. Try again, or see whether a worker runs."
            )
        stage.wait(POLL_S)
