"""How relevant a match is. Pure."""

import math
from datetime import datetime, timedelta

HALF_LIFE = timedelta(days=2)


def score(rank: float, engagements: int, posted_at: datetime, reference: datetime) -> float:
    """rank * (1 + ln(1 + engagements)) * 2 ** (-age / HALF_LIFE).

    `rank` is Postgres's ts_rank, at least 0; `engagements` likes, retweets, replies and bookmarks;
    the age is counted from `reference`, any fixed instant: another one multiplies all scores by
    the same number, so that the order does not change while time goes on. Younger than `reference`
    counts above 1.
    """
    freshness = math.exp2((posted_at - reference) / HALF_LIFE)
    return rank * (1.0 + math.log1p(engagements)) * freshness
