"""The ranker goes down: a fault in one part of the home timeline, and the breaker around it.

The breaker goes by the usual rules but for one: it stays open for OPEN_S, as nobody waits a minute
for a demo. Every table says so.
"""

import time
from dataclasses import replace
from statistics import median

from trainer.lab.labs.ranker_down import rungs, showing
from trainer.lab.labs.ranker_down.asking import Asked, Experiment
from trainer.lab.reading import some_readers, warm
from trainer.lab.stage import LabCode, LabError, Needs, Stage
from trainer.twitter import api

OPEN_S = 3.0
HEALTHY = 6  # requests before the fault
ELSEWHERE_EVERY = 4  # requests, one of another experiment and one of the base
POLL_S = 0.75  # between two requests after the repair
TRIES = 20  # after the repair, some five times as many as it takes
BEFORE, FAILING, PROBE, REPAIRED = showing.PHASES


def run(stage: Stage) -> None:
    part, kind = stage.given.text("part").replace("-", "_"), stage.given.text("kind")
    reader = some_readers(stage, 1)[0]
    policy = replace(api.BREAKERS, open_s=OPEN_S)
    mine = Experiment(stage.overlay(), reader.id, part, policy)
    others = [mine.elsewhere(stage.overlay()), mine.elsewhere(stage.base)]
    stage.say(f"Reading @{reader.handle}'s timeline while all is well", 0.05)
    warm(stage, reader.id, mine.weights, [each.world for each in (mine, *others)])
    for _ in range(HEALTHY):
        mine.ask(BEFORE)
    stage.figure("healthy_ms", median(one.ms for one in mine.asked))
    with mine.failing(kind):
        _fail(stage, mine, others)
        _probe(stage, mine)
    recovery_s = _repair(stage, mine)
    stage.say("Reading one timeline at each level", 0.95)
    stage.show(rungs.table(stage, mine))
    _tell(stage, mine, others, recovery_s)


def _fail(stage: Stage, mine: Experiment, others: list[Experiment]) -> None:
    requests = stage.given.whole("requests")
    for number in range(1, requests + 1):
        one = mine.ask(FAILING)
        if number % ELSEWHERE_EVERY == 0:
            for other in others:
                other.ask(FAILING)
            showing.show(stage, mine, others)
        stage.say(showing.sentence(one, mine), 0.1 + 0.4 * number / requests)
    let_through = [one for one in mine.during(FAILING) if one.was_let_through]
    stage.figure("waited", sum(not one.is_probe for one in let_through))
    stage.figure("waiting_ms", median(one.ms for one in let_through))
    stage.figure("spared_ms", median(one.ms for one in late(mine)))


def _probe(stage: Stage, mine: Experiment) -> None:
    """One request tries the part again, while it still fails. Nothing, where the breaker never
    opened."""
    view = mine.view()
    if view.state == "closed":
        return
    stage.say(f"The breaker is open: {view.half_open_in_s:.1f} s until it lets one try", 0.55)
    stage.wait(view.half_open_in_s)
    stage.say(showing.sentence(mine.ask(PROBE), mine), 0.6)


def _repair(stage: Stage, mine: Experiment) -> float:
    """Seconds from the end of the fault to the first request after which the breaker is closed."""
    began = time.perf_counter()
    for number in range(TRIES):
        one = mine.ask(REPAIRED)
        stage.say(showing.sentence(one, mine), min(0.9, 0.65 + 0.05 * number))
        if one.after.state == "closed":
            return time.perf_counter() - began
        stage.wait(min(POLL_S, one.after.half_open_in_s))
    raise LabError(
        f"The breaker did not close in {TRIES} requests after the repair: {one.reason}. Run it"
        " again when the machine has less to do."
    )


def late(mine: Experiment) -> list[Asked]:
    """The last third of the requests under the fault."""
    failing = mine.during(FAILING)
    return failing[-(len(failing) // 3) :]


def _tell(stage: Stage, mine: Experiment, others: list[Experiment], recovery_s: float) -> None:
    healthy = mine.during(BEFORE)[-1].top
    after = mine.asked[HEALTHY:]
    elsewhere = [one for other in others for one in other.asked]
    stage.figure("answered", 100 * sum(one.entries > 0 for one in after) / len(after))
    stage.figure("kept", sum(len(one.top & healthy) for one in late(mine)) / len(late(mine)))
    stage.figure("disturbed", sum(one.level > 0 for one in elsewhere))
    stage.figure("recovery_s", recovery_s)
    showing.show(stage, mine, others)
    stage.show(showing.shortened(OPEN_S))
    stage.say("Done", 1.0)


LAB = LabCode("ranker-down", run, Needs.RANKERS, timing=True, most_s=40.0)
