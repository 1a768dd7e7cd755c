"""How a request's time is shared out, and which parts have a breaker. Pure."""

from typing import Final

from trainer.resilience.breaker_rules import Policy

BUDGET_S: Final = 1.5  # of the whole request, whatever fails

# What a part may take at most. Warm it takes a tenth of that or less; what takes longer is stuck,
# and the next level needs the rest. A part gets its share or what is left, if that is less; what is
# left for all but the cache ends 0.2 s early: one share for the cache, one for reporting. So when
# all parts down to the heavy ranker hang, from the breakers on (1.1 s), the texts still have 0.2 s;
# and when the rankers' turn does not come, the chronological timeline has most of its own.
SHARES_S: Final = {
    "breakers": 0.10,  # Redis, one script a breaker in one round trip
    "known": 0.30,  # one small query now and then; loading goes on in its thread
    "query": 0.25,  # Postgres, three queries
    "in_network": 0.35,  # Redis; from Postgres where Redis is away, or a list is rebuilt
    "celebrities": 0.35,  # all four at once
    "graph": 0.35,  # processor
    "embeddings": 0.35,  # processor
    "light": 0.15,  # processor
    "heavy": 0.25,  # processor
    "texts": 0.25,  # Postgres, two queries
    "chronological": 0.60,  # the whole of another timeline
    "shuns": 0.05,  # Postgres, one query; most often it is what failed
    "cache": 0.10,  # Redis, one round trip
}
RESERVED_S: Final = SHARES_S["cache"]  # which the parts before it leave
TARGET_S: Final = 0.5  # a request that takes longer makes the next ones fetch less

# How the parts are called in a reason.
NAMES: Final = {
    "known": "reading what is known of the world into memory",
    "query": "the reader's follows and mutes",
    "in_network": "the in-network source",
    "celebrities": "the celebrities' source",
    "graph": "the interaction graph's source",
    "embeddings": "the embeddings' source",
    "sources": "the sources",
    "hydrate": "what is known of the candidates",
    "light": "the light ranker",
    "heavy": "the heavy ranker",
    "texts": "the tweets' texts",
    "chronological": "the chronological timeline",
    "cache": "the last answer",
}

SOURCES: Final = ("in_network", "celebrities", "graph", "embeddings")
ON_POSTGRES: Final = ("query", "texts", "chronological", "shuns")  # which always ask it
BREAKERS: Final = ("heavy", "light", *SOURCES)
POLICY: Final = Policy()  # 10 failures in 30 s, open for 60 s
# What faults can be injected into.
PARTS: Final = ("query", *SOURCES, "light", "heavy", "chronological", "cache")
