"""A hashtag pushed by one kind of crowd, beside an honest crowd that posts as often."""

from trainer.catalog.packs import get_pack
from trainer.lab.labs.trends import shown
from trainer.lab.labs.trends.crowds import Planned, bots, honest, of_one_region, one_each
from trainer.lab.labs.trends.play import Pushed, count, delete, post
from trainer.lab.stage import LabCode, Needs, Stage
from trainer.twitter import api

HONEST_TAG, PUSHED_TAG = "riverlights", "miraclepills"
BATCHES = 8
DELETIONS = 4


def run(stage: Stage) -> None:
    kind = stage.given.text("crowd")
    people = honest(stage)
    pushed = Pushed(PUSHED_TAG, _plan(stage, kind, people))
    crowds = [pushed]
    if kind != "organic":
        crowds.insert(0, Pushed(HONEST_TAG, one_each(stage, people)))
    stage.say("Opening an experiment", 0.02)
    world = stage.overlay()
    _let_them_post(stage, world, crowds)
    peak = pushed.newest
    if kind == "deleted":
        _take_back(stage, world, crowds)
    shown.gates(stage, peak, pushed.newest)
    region = people[0].region if kind == "region" else None
    shown.lists(stage, world, crowds, region)
    shown.review(stage, world, pushed.tag)
    _tell_figures(stage, crowds)


def _plan(stage: Stage, kind: str, people: tuple[api.Person, ...]) -> Planned:
    """Who posts the pushed tag, and when."""
    if kind == "bots":
        few = round(get_pack("twitter").ledger["trend-accounts-few"].value)
        return bots(stage, few)
    if kind == "region":
        return of_one_region(stage, people[0].region)
    return one_each(stage, people)


def _let_them_post(stage: Stage, world: api.World, crowds: list[Pushed]) -> None:
    """All crowds at once, batch by batch, each with the figures as they stood at its end."""
    every = len(crowds[0].plan)
    for batch in range(BATCHES):
        first, last = every * batch // BATCHES, every * (batch + 1) // BATCHES
        for crowd in crowds:
            post(stage, world, crowd, range(first, last))
        count(stage, world, crowds, crowds[0].plan[last - 1].minutes_ago)
        stage.say(f"{last} of {every} posted with each tag", 0.05 + 0.7 * (batch + 1) / BATCHES)
        shown.progress(stage, crowds)


def _take_back(stage: Stage, world: api.World, crowds: list[Pushed]) -> None:
    """Whoever pushed the tag deletes, a quarter at a time."""
    pushed = crowds[-1]
    for quarter in range(1, DELETIONS + 1):
        delete(stage, world, pushed, len(pushed.plan) * quarter // DELETIONS)
        count(stage, world, crowds, 0.0)
        stage.say(f"{pushed.deleted} of {len(pushed.plan)} deleted again", 0.75 + 0.05 * quarter)
        shown.progress(stage, crowds)


def _tell_figures(stage: Stage, crowds: list[Pushed]) -> None:
    pushed, yardstick = crowds[-1], crowds[0]
    end = pushed.newest
    stage.figure("posts", len(pushed.plan))
    stage.figure("authors", end.authors)
    stage.figure("counted", end.observed)
    stage.figure("score", end.score)
    stage.figure("peak", max(moment.standing.score for moment in pushed.moments))
    stage.figure("crowd_score", yardstick.newest.score)
    stage.say("Done", 1.0)


LAB = LabCode("trends", run, Needs.WORLD, most_s=40.0)
