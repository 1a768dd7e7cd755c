"""What a reader of the home timeline gets."""

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.twitter.mixer.ranked_list import Missing
from trainer.twitter.mixer.trace import Trace
from trainer.twitter.mixer.types import Level
from trainer.twitter.tweets.selectors import TweetRow


@dataclass(frozen=True, slots=True)
class RankedEntry:
    """`tweet` stands in the timeline; where it is a retweet, `original` is what it shows.

    `score` = sum of weight x chance over `chances` (by kind of engagement), times every one of
    `factors`. Where nothing was ranked: None, and no chances and factors. `sources`: which found
    it, in lower case.
    """

    tweet: TweetRow
    original: TweetRow | None
    in_network: bool
    sources: tuple[str, ...] = ()
    score: float | None = None
    chances: Mapping[str, float] | None = None
    factors: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class HomeTimeline:
    """Entries in their order; `next_cursor` is None at the end.

    `level`: 0 ranked by the heavy ranker, 1 by the light one, 2 chronological, 3 the last cached
    answer. `reason`: why this level, a sentence. `age_s`: how old the list is (0: made now).
    `quality`: the factor, 0.1 to 1, by which fetching and ranking were cut under load.
    `left_ms`: what was left of the budget of time. `stage_ms`: by part, in their order. `trace`: of
    a list made now, where it was asked for.
    """

    entries: tuple[RankedEntry, ...]
    next_cursor: str | None
    level: Level
    reason: str
    age_s: float
    missing: tuple[Missing, ...]
    quality: float
    took_ms: float
    left_ms: float
    weights_id: str
    stage_ms: Mapping[str, float]
    trace: Trace | None = None
