"""The experiments, by the name under which content calls them (`runs:` in labs/<slug>.yaml)."""

from trainer.lab.labs import (
    celebrity,
    cpu_budget,
    embeddings,
    follow_or_friend,
    graph_walks,
    in_and_out,
    pipeline,
    ranker_down,
    rate_limiter,
    redis_dies,
    retweet_storm,
    search,
    tenfold,
    threshold_at_scale,
    trends,
    two_stages,
    weights,
)
from trainer.lab.stage import LabCode

ALL: tuple[LabCode, ...] = (
    celebrity.LAB,
    cpu_budget.LAB,
    embeddings.LAB,
    follow_or_friend.LAB,
    graph_walks.LAB,
    in_and_out.LAB,
    pipeline.LAB,
    ranker_down.LAB,
    rate_limiter.LAB,
    redis_dies.LAB,
    retweet_storm.LAB,
    search.LAB,
    tenfold.LAB,
    threshold_at_scale.LAB,
    trends.LAB,
    two_stages.LAB,
    weights.LAB,
)
BY_NAME = {each.name: each for each in ALL}
