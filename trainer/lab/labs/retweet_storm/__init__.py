"""Many retweets of one tweet: what pushing each would write, and what is written."""

import time

from trainer.lab.labs.retweet_storm import reading, shown
from trainer.lab.labs.retweet_storm.storming import Passed, pass_on, reported
from trainer.lab.stage import LabCode, LabError, Needs, Stage
from trainer.twitter import api

ORDINARY = 700  # followers of the author, or nearly: the storm comes by the retweets alone


def run(stage: Stage) -> None:
    stage.say("Looking for an author and those who pass the tweet on", 0.02)
    author, crowd = _people(stage)
    world = stage.overlay(viral_after=stage.given.whole("viral_after"))
    tweet = api.post_tweet(world, author.id, "You will want to pass this on")
    stage.say(f"@{author.handle} has posted, {author.followers:,} followers", 0.05)
    began = time.monotonic()
    passed = pass_on(stage, world, tweet.id, crowd)
    posted_s = time.monotonic() - began
    if len(passed) < len(crowd):
        shown.fewer(
            stage, len(crowd), len(passed), f"the machine is busy, {posted_s:.0f} s were up"
        )
    passed = reported(stage, world, passed)
    shown.curves(stage, world, passed)
    _tell(stage, world, tweet.id, posted_s, time.monotonic() - began)
    _tell_reader(stage, world, author, tweet.id, passed)
    stage.say("Done", 1.0)


def _people(stage: Stage) -> tuple[api.Person, list[api.Person]]:
    """The author, and as many others as there are to be retweets, or all that the world has."""
    wanted = stage.given.whole("retweets")
    authors = api.audiences.largest(stage.base, most=ORDINARY)
    if not authors:
        raise LabError("This world has no accounts with followers: choose another world.")
    crowd = api.audiences.drawn(stage.base, wanted + 1)
    crowd = [person for person in crowd if person.id != authors[0].id][:wanted]
    if len(crowd) < wanted:
        why = "this world has no more active accounts with followers"
        shown.fewer(stage, wanted, len(crowd), why)
    return authors[0], crowd


def _tell(stage: Stage, world: api.World, tweet_id: int, posted_s: float, done_s: float) -> None:
    storm = api.storm(world, tweet_id)
    stage.figure("stored", storm.stored)
    stage.figure("attempted", storm.attempted)
    stage.figure("stored_share", 100 * storm.stored / max(1, storm.attempted))
    stage.figure("pushed", storm.retweets - storm.pulled)
    stage.figure("pulled", storm.pulled)
    stage.figure("posted_s", posted_s)
    stage.figure("done_s", done_s)


def _tell_reader(
    stage: Stage, world: api.World, author: api.Person, tweet_id: int, passed: list[Passed]
) -> None:
    """The reader with the most copies to see, and how many they see."""
    stage.say("Looking for the reader who follows the most of them", 0.94)
    found = reading.most_exposed(stage, world, author.id, tweet_id, passed)
    stage.figure("copies", found.copies)
    stage.figure("seen", found.seen)
    shown.reader(stage, found)


LAB = LabCode("retweet-storm", run, Needs.WORLD, most_s=40.0)
