"""One timeline at each level of the ladder, and what the levels are worth."""

from trainer.lab.blocks import Column, Table
from trainer.lab.labs.ranker_down.asking import TOP, Experiment, read, top_of
from trainer.lab.stage import Stage
from trainer.resilience.faults import Fault, Faults
from trainer.twitter import api

# What must fail for it, who then makes the list, and under which name it was judged.
RUNGS = (
    ((), "heavy ranker", "heavy"),
    ((), "heavy ranker, asked again", "heavy"),
    (("heavy",), "light ranker", "light"),
    (("heavy", "light"), "nobody: the newest first", "chronological"),
    (("query", "chronological"), "nobody: the reader's last answer", ""),
)
COLUMNS = (
    Column("level"),
    Column("who ranks"),
    Column("tweets served"),
    Column(f"same among the first {TOP}", bar=True),
    Column("NDCG"),
    Column("NDCG, low"),
    Column("NDCG, high"),
)


def table(stage: Stage, like: Experiment) -> Table:
    """In an experiment of its own, so that no breaker is open."""
    experiment = like.elsewhere(stage.overlay())
    quality = api.ranker_quality(stage.base)
    judged = dict(quality.ndcg) if quality else {}
    rows, best = [], None
    for parts, who, name in RUNGS:
        timeline = read(experiment, Faults({part: Fault("error") for part in parts}))
        top = top_of(timeline)
        best = top if best is None else best
        ndcg = judged.get(name, (None, None, None))
        rows.append([timeline.level, who, len(timeline.entries), len(top & best), *ndcg])
    return Table("rungs", "What each level is worth", COLUMNS, rows, "measured", _note(quality))


def _note(quality: api.RankerQuality | None) -> str:
    here = (
        "Levels and tweets are of this run. Graph walks are random, so two requests in a row differ"
        " a little too."
    )
    if quality is None:
        return f"{here} This world's rankers were never judged, so there is no NDCG to show."
    return (
        f"{here} NDCG is from the evaluation kept with the rankers: {quality.readers} readers,"
        " requests later than all that the rankers learned from; low and high hold 95 of 100"
        " resamples of the readers."
    )
