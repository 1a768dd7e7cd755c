"""Walks spread from one account: their visits, the exact score, and the planted communities."""

from statistics import median
from typing import Final

from trainer.lab.blocks import Chart, Column, Frame, Series, Steps, Table
from trainer.lab.errors import LabError
from trainer.lab.stage import LabCode, Needs, Stage
from trainer.twitter import api

TRIES: Final = 5
NEAR: Final = 0.1  # the error to come below
GROWTH: Final = 1.1  # from one number of walks that is looked at to the next
DRAWN_EVERY: Final = 4  # of those in the chart
DRAWN_TO: Final = 400_000  # walks, where the error comes near to its law
MOST_WALKS: Final = 1_000_000  # a run must end
MOST_PAIRS: Final = 300
SEED: Final = 1
PERCENT: Final = 100.0

Errors = dict[int, list[float]]  # of each try, by the number of walks


def run(stage: Stage) -> None:
    stage.say("Reading the interaction graph", 0.05)
    reader = stage.account("account") or api.get_account(
        stage.base, api.busiest_account(stage.base)
    )
    walks, restart = stage.given.whole("walks"), stage.given.number("restart")
    stage.say(f"Computing the exact score for @{reader.handle}", 0.15)
    graph = api.walk_graph(stage.base, reader.id, restart=restart)
    if graph is None:
        raise LabError(
            f"@{reader.handle} did nothing with any tweet in the last day of the history, so no"
            " walk can start there. Leave the account empty for the busiest one."
        )
    stage.say(f"Walking {walks:,} times from @{reader.handle}", 0.3)
    walked = graph.walked(walks, SEED)
    _give(stage, graph, walked)
    stage.show(_spreading(graph, walked, reader.handle))
    stage.show(_against_exact(graph, walked))
    stage.show(_community(graph, walked))
    stage.show(_by_step(graph, walked))
    needed, errors = _tried(stage, graph)
    stage.figure("needed", needed)
    stage.show(_errors(errors))


def _give(stage: Stage, graph: api.WalkGraph, walked: api.Walked) -> None:
    stage.figure("error", PERCENT * walked.error)
    stage.figure("reached", walked.reached)
    stage.figure("own", PERCENT * walked.own)
    stage.figure("chance", PERCENT * graph.chance)


def _tried(stage: Stage, graph: api.WalkGraph) -> tuple[float, Errors]:
    """How many walks bring the error below NEAR, the middle of TRIES; and the errors on the way."""
    marks = _marks()
    errors, needed = Errors(), list[int]()
    for number in range(TRIES):
        stage.say(f"Adding walks until the error is small: try {number + 1} of {TRIES}")
        for mark, error in zip(marks, graph.errors(marks, SEED + 1 + number), strict=True):
            errors.setdefault(mark, []).append(error)
            if error < NEAR and len(needed) == number:
                needed.append(mark)
            if error < NEAR and mark >= DRAWN_TO:
                break
            stage.check()
        if len(needed) == number:
            raise LabError(
                f"After {MOST_WALKS:,} walks the error was still {error:.0%}. Set a higher restart:"
                " shorter walks spread over fewer tweets."
            )
        stage.share = 0.5 + 0.5 * (number + 1) / TRIES
    return float(median(needed)), errors


def _marks() -> list[int]:
    marks, at = list[int](), 10.0
    while at < MOST_WALKS:
        marks.append(round(at))
        at *= GROWTH
    return marks


def _spreading(graph: api.WalkGraph, walked: api.Walked, handle: str) -> Steps:
    """A frame for each tweet of the walks: they do their first step together."""
    frames, before = list[Frame](), 0
    for step in walked.steps:
        new, before = step.reached - before, step.reached
        frames.append(
            Frame(
                f"step {2 * step.number - 1}",
                f"{step.walks:,} walks stand on their tweet number {step.number}."
                f" {new:,} tweets are new, {step.reached:,} reached in all."
                f" {step.own:.0%} of the walks stand in the own community.",
                [
                    [
                        f"@{tweet.handle}: {tweet.text}",
                        tweet.visits,
                        PERCENT * tweet.share,
                        PERCENT * tweet.exact,
                        "own" if tweet.is_own else "another",
                    ]
                    for tweet in step.tweets
                ],
            )
        )
    return Steps(
        "spreading",
        f"Walks spread from @{handle}",
        [
            Column("Most visited so far"),
            Column("Visits", bar=True),
            Column("Share", "%"),
            Column("Exact share", "%"),
            Column("Community"),
        ],
        frames,
        "measured",
        f"The graph holds {graph.edges:,} engagements. Steps are odd: a walk goes from an account"
        " to a tweet it engaged with, to another account that did, and so on.",
    )


def _against_exact(graph: api.WalkGraph, walked: api.Walked) -> Chart:
    pairs = walked.pairs[:MOST_PAIRS]
    exact, share = [PERCENT * pair[0] for pair in pairs], [PERCENT * pair[1] for pair in pairs]
    return Chart(
        "against_exact",
        "Share of visits against the exact share",
        "exact share of visits (%)",
        "measured share of visits (%)",
        [
            Series("a tweet", exact, share),
            Series("where both agree", exact, exact, dashed=True),
        ],
        "measured",
        kind="points",
        log_x=True,
        log_y=True,
        note=f"The visited tweets with the greatest exact shares, of {len(graph.rows):,} that a"
        " walk can come to. Exact: the same walk as a chain of chances, multiplied out over the"
        " whole graph.",
    )


def _community(graph: api.WalkGraph, walked: api.Walked) -> Table:
    chance = graph.chance or 1.0
    shares = (
        ("Visits of the walks", walked.own),
        ("The exact score", graph.exact_own),
        ("Tweets of the graph, by chance", graph.chance),
    )
    return Table(
        "community",
        f"Share by authors of the account's planted community, which is about {graph.about}",
        [Column("Of"), Column("Own community", "%", bar=True), Column("Against chance", "x")],
        [[name, PERCENT * share, share / chance] for name, share in shares],
        "measured",
        "A check alone: the simulator planted the communities, and no walk knows them.",
    )


def _by_step(graph: api.WalkGraph, walked: api.Walked) -> Chart:
    steps = [2 * step.number - 1 for step in walked.steps]
    return Chart(
        "by_step",
        "The further a walk goes, the less it stays at home",
        "step",
        "walks on tweets of the own community (%)",
        [
            Series("walks", steps, [PERCENT * step.own for step in walked.steps]),
            Series("by chance", steps, [PERCENT * graph.chance] * len(steps), dashed=True),
        ],
        "measured",
        note="The last steps are of few walks, and vary." if graph.restart else "",
    )


def _errors(errors: Errors) -> Chart:
    """Of the numbers of walks that every try got to."""
    common = {mark: median(found) for mark, found in errors.items() if len(found) == TRIES}
    marks = sorted(common)
    drawn = [*marks[:-1:DRAWN_EVERY], marks[-1]]
    law = [PERCENT * common[marks[-1]] * (marks[-1] / mark) ** 0.5 for mark in drawn]
    return Chart(
        "errors",
        "Error by number of walks",
        "walks",
        "visits on the wrong tweet (%)",
        [
            Series("measured", drawn, [PERCENT * common[mark] for mark in drawn]),
            Series(
                "one over the root of the walks",
                drawn,
                [error if error <= PERCENT else None for error in law],
                dashed=True,
            ),
        ],
        "measured",
        log_x=True,
        log_y=True,
        note=f"The middle one of {TRIES} tries. The dashed line is the law, laid through the last"
        " point: four times the walks for half the error. The measured line is flatter at the left:"
        " of the many tweets that few walks come to, most were not visited yet, and their whole"
        " share is missing.",
    )


LAB = LabCode("graph-walks", run, Needs.RANKERS, most_s=30.0)
