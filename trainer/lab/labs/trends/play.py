"""Posting and deleting as a crowd does, and counting when the workers have done their part."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from trainer.lab.labs.trends.crowds import Planned
from trainer.lab.stage import LabError, Stage
from trainer.lib import clock
from trainer.twitter import api

PATIENCE_S = 15.0
POLL_S = 0.02


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the tag stood so many minutes before now, after so many posts and deletions."""

    minutes_ago: float
    posted: int
    deleted: int
    standing: api.TermStanding


@dataclass
class Pushed:
    """A tag, who pushes it, and what has come of it so far."""

    tag: str
    plan: Planned
    tweets: list[int] = field(default_factory=list)
    deleted: int = 0
    moments: list[Moment] = field(default_factory=list)

    @property
    def newest(self) -> api.TermStanding:
        return self.moments[-1].standing


def post(stage: Stage, world: api.World, crowd: Pushed, places: range) -> None:
    """Those of the plan, each as of its own minute."""
    now = clock.now()
    for place in places:
        said = crowd.plan[place]
        then = now - timedelta(minutes=said.minutes_ago)
        text = f"Have you seen #{crowd.tag} yet, part {place}"
        crowd.tweets.append(api.post_at(world, said.author.id, text, now=then))
        stage.check()


def delete(stage: Stage, world: api.World, crowd: Pushed, until: int) -> None:
    """The oldest of its tweets that are left, until so many are gone."""
    for place in range(crowd.deleted, until):
        api.delete_tweet(world, crowd.plan[place].author.id, crowd.tweets[place])
        crowd.deleted += 1
        stage.check()


def count(stage: Stage, world: api.World, crowds: Sequence[Pushed], minutes_ago: float) -> None:
    """Wait until all is counted, then note where each tag stands. Raises LabError."""
    _await_counted(stage, world)
    at = world.now(clock.now() - timedelta(minutes=minutes_ago))
    for crowd in crowds:
        standing = api.term_standing(world, crowd.tag, at=at)
        moment = Moment(minutes_ago, len(crowd.tweets), crowd.deleted, standing)
        crowd.moments.append(moment)


def _await_counted(stage: Stage, world: api.World) -> None:
    waiting, moved = -1, time.monotonic()
    while left := api.backlog(world)["trends"]:
        if left != waiting:
            waiting, moved = left, time.monotonic()
        if time.monotonic() - moved > PATIENCE_S:
            raise LabError(
                f"The workers take no tasks: {left} posts were not counted in {PATIENCE_S:.0f} s."
                " Start them (`up` does), then run this again."
            )
        stage.wait(POLL_S)
