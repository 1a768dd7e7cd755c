"""One home timeline, taken apart: the funnel, the scores of what is served, what was dropped."""

from collections.abc import Sequence
from statistics import median

from trainer.lab.blocks import Note, Tweets
from trainer.lab.labs.pipeline import dropping, funnel
from trainer.lab.reading import nothing_found, reader_of, warm
from trainer.lab.stage import LabCode, LabError, Needs, Stage
from trainer.lab.sums import scored_tweet
from trainer.lab.weights import weights_of
from trainer.twitter import api

REQUESTS = 9  # of which times are the medians, and counts the last one's


def run(stage: Stage) -> None:
    reader = reader_of(stage, "account")
    weights = weights_of(stage.given.text("weights"))
    world = stage.overlay()
    stage.say(f"Reading @{reader.handle}'s timeline", 0.1)
    warm(stage, reader.id, weights, [world])
    several = []
    for number in range(REQUESTS):
        several.append(_read(stage, world, reader.id, weights))
        stage.say(f"Request {number + 1} of {REQUESTS}", 0.2 + 0.5 * number / REQUESTS)
    timeline, traces = several[-1][0], [trace for _, trace in several]
    ms = funnel.typical_ms(traces)
    _figures(stage, traces[-1], ms, median(each.took_ms for each, _ in several))
    if not traces[-1].served.ids.size:
        stage.show(nothing_found(reader))
    for block in funnel.blocks(traces[-1], ms, timeline.quality):
        stage.show(block)
    stage.say("Working out the scores by hand", 0.8)
    stage.show(_served(timeline, traces[-1], weights))
    for block in dropping.blocks(world, traces[-1]):
        stage.show(block)
    stage.show(_reconciled(traces[-1]))
    stage.say("Done", 1.0)


def _read(
    stage: Stage, world: api.World, reader: int, weights: api.Weights
) -> tuple[api.HomeTimeline, api.Trace]:
    sizes = api.Sizes(fetched=stage.given.whole("fetched"))
    timeline = api.home_timeline(world, reader, weights=weights, sizes=sizes)
    if timeline.trace is None or timeline.level:
        raise LabError(f"This one was not ranked: {timeline.reason}. Run it again in a minute.")
    return timeline, timeline.trace


def _figures(stage: Stage, trace: api.Trace, ms: dict[str, float], took_ms: float) -> None:
    parts = {part.name: part for part in trace.parts}
    found = parts["sources"].count_out
    stage.figure("found", found)
    stage.figure("fell_early", found - parts["light"].count_in)
    stage.figure("ranked", parts["heavy"].count_in)
    stage.figure("served", len(trace.served.ids))
    stage.figure("took_ms", took_ms)
    stage.figure("sources_ms", ms["sources"])
    stage.figure("heavy_ms", ms["heavy"])


def _served(timeline: api.HomeTimeline, trace: api.Trace, weights: api.Weights) -> Tweets:
    tweets = [
        scored_tweet(rank, entry, weights, at_ms=trace.at_ms)
        for rank, entry in enumerate(timeline.entries, start=1)
    ]
    note = "Open one: chance times weight for each kind, added up, then multiplied by each factor."
    return Tweets("served", "The first page, with every score", tweets, "measured", note)


def _reconciled(trace: api.Trace) -> Note:
    problems: Sequence[str] = trace.problems()
    if problems:
        return Note("reconciled", "What does not add up", "; ".join(problems), tone="red")
    text = (
        "What came into each part, what it found and what it dropped make what came out, and every"
        f" one of {len(trace.served.ids)} scores is the product of its factors. This was"
        " checked in this run."
    )
    return Note("reconciled", "It adds up", text, tone="green")


LAB = LabCode("pipeline", run, Needs.RANKERS, timing=True, most_s=30.0)
