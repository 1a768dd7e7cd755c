"""Growth: what the figures become, and what they are told to become. Pure.

`told_...` figures scale twice, as the sum is often told: their "before" is already grown.
"""

from typing import Final

from trainer.capacity.formulas import Formula

FORMULAS: Final = (
    Formula("scaled_dau", "Daily users after growth", "users", "dau * growth"),
    Formula(
        "scaled_tweets",
        "Tweets a day after growth, all to be indexed",
        "tweets/day",
        "tweets_per_day * growth",
    ),
    Formula(
        "scaled_hybrid_writes",
        "Fan-out writes a day after growth, by the average",
        "writes/day",
        "hybrid_writes * growth",
    ),
    Formula(
        "scaled_timeline_qps",
        "Timeline loads a second after growth",
        "loads/s",
        "timeline_qps * growth",
    ),
    Formula(
        "scaled_storage_bytes",
        "Storage a year after growth",
        "bytes/year",
        "storage_per_year_bytes * growth",
    ),
    Formula(
        "scaled_cores_busy",
        "Cores kept busy by ranking after growth",
        "cores",
        "cores_busy * growth",
    ),
    Formula(
        "told_writes_before",
        "Fan-out writes a day before growth, as told",
        "writes/day",
        "hybrid_writes * growth",
    ),
    Formula(
        "told_writes_after",
        "Fan-out writes a day after growth, as told",
        "writes/day",
        "told_writes_before * growth",
    ),
    Formula(
        "told_qps_before",
        "Timeline loads a second before growth, as told",
        "loads/s",
        "timeline_qps * growth",
    ),
    Formula(
        "told_qps_after",
        "Timeline loads a second after growth, as told",
        "loads/s",
        "told_qps_before * growth",
    ),
    Formula(
        "told_index_after",
        "Tweets to index a day after growth, as told",
        "tweets/day",
        "scaled_tweets * growth",
    ),
    Formula(
        "scaled_law_hybrid_writes",
        "Fan-out writes a day after growth, by the law",
        "writes/day",
        "law_hybrid_writes * growth",
    ),
    Formula(
        "scaled_law_hybrid_writes_at_lower_threshold",
        "The same, with the threshold after growth",
        "writes/day",
        "tweets_per_day * growth * tweet_followers_below(scaled_threshold)",
    ),
    Formula(
        "threshold_for_same_writes",
        "Threshold after growth that keeps fan-out writes as they were, by the law",
        "followers",
        "tweet_threshold_of(tweet_followers_below(threshold) / growth)",
    ),
)
