"""Passing a tweet on, several accounts at once, and what the workers then did."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from trainer.lab.labs.delivering import await_delivered
from trainer.lab.stage import LabError, Stage
from trainer.resilience.bounded import NoResult, process_threads
from trainer.twitter import api

AT_ONCE = 4  # threads: more wait for the same two cores
EACH = 8  # retweets of one thread before the page is told
LIMIT_S = 30.0  # for these; on a calm machine they take a fifth of a second
POSTING_S = 20.0  # then it goes on with those that there are: the run as a whole has its limit


@dataclass(frozen=True, slots=True)
class Passed:
    """A retweet by someone with so many followers; `stored` of them got it, once that is known."""

    tweet_id: int
    by: api.Person
    stored: int = 0


def pass_on(
    stage: Stage, world: api.World, tweet_id: int, crowd: Sequence[api.Person]
) -> list[Passed]:
    """One retweet of each, or of as many as can be done in POSTING_S; in the order of their ids.
    Whoever retweets at the same moment as others may find the tweet not yet viral."""
    passed: list[Passed] = []
    waiting, end = iter(crowd), time.monotonic() + POSTING_S
    while time.monotonic() < end and (some := list(islice(waiting, AT_ONCE * EACH))):
        calls = [
            partial(_retweet_each, world, tweet_id, some[first::AT_ONCE])
            for first in range(min(AT_ONCE, len(some)))
        ]
        for done in process_threads().together(calls, [LIMIT_S] * len(calls)):
            passed += _or_raise(done)
        stage.say(
            f"{len(passed):,} of {len(crowd):,} have passed it on",
            0.05 + 0.7 * _share(passed, crowd),
        )
    return sorted(passed, key=lambda one: one.tweet_id)


def reported(stage: Stage, world: api.World, passed: list[Passed]) -> list[Passed]:
    """The same, with what was stored, once the workers have delivered all of them."""

    def seen(count: int) -> None:
        stage.say(f"{count:,} of {len(passed):,} are delivered", 0.75 + 0.15 * count / len(passed))

    reports = await_delivered(stage, world, [one.tweet_id for one in passed], seen=seen)
    return [replace(one, stored=report.stored) for one, report in zip(passed, reports, strict=True)]


def _retweet_each(world: api.World, tweet_id: int, people: Sequence[api.Person]) -> list[Passed]:
    return [Passed(api.retweet(world, person.id, tweet_id).id, person) for person in people]


def _or_raise(done: list[Passed] | BaseException) -> list[Passed]:
    if isinstance(done, NoResult):
        raise LabError(f"The retweets could not be posted: {done}. Try again with fewer.")
    if isinstance(done, BaseException):
        raise done
    return done


def _share(passed: Sequence[Passed], crowd: Sequence[api.Person]) -> float:
    return len(passed) / len(crowd)
