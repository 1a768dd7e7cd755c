"""Fan-out by the average: every tweet reaches `average_followers`, and pulling spares
`celebrity_tweet_share` of the writes. Pure. `law.py` counts the same by the follower law."""

from typing import Final

from trainer.capacity.formulas import Formula

FORMULAS: Final = (
    Formula(
        "naive_writes",
        "Fan-out writes a day with push for everyone, by the average",
        "writes/day",
        "tweets_per_day * average_followers",
    ),
    Formula(
        "hybrid_writes",
        "Fan-out writes a day of regular users, by the average",
        "writes/day",
        "tweets_per_day * (1 - celebrity_tweet_share) * average_followers",
    ),
    Formula(
        "saved_writes",
        "Writes a day saved, by the average",
        "writes/day",
        "naive_writes - hybrid_writes",
    ),
    Formula(
        "celebrity_tweets",
        "Tweets a day that are pulled, by the told share",
        "tweets/day",
        "tweets_per_day * celebrity_tweet_share",
    ),
    Formula(
        "saved_writes_at_threshold",
        "Writes a day saved, counting pulled tweets at the threshold",
        "writes/day",
        "celebrity_tweets * threshold",
    ),
    Formula(
        "hybrid_writes_per_s",
        "Fan-out writes a second",
        "writes/s",
        "hybrid_writes / seconds_per_day",
    ),
    Formula(
        "hybrid_writes_per_s_peak",
        "Fan-out writes a second at the peak",
        "writes/s",
        "hybrid_writes_per_s * peak_factor",
    ),
    Formula(
        "writes_per_load",
        "Fan-out writes for each timeline load: the write-heavy side",
        "writes/load",
        "hybrid_writes / loads_per_day",
    ),
    # Single tweets
    Formula(
        "largest_account_writes",
        "Naive fan-out writes a day for the largest account",
        "writes/day",
        "most_followers * largest_account_tweets",
    ),
    Formula(
        "threshold_ratio", "The threshold against Facebook's", "x", "threshold / facebook_threshold"
    ),
    Formula(
        "storm_writes", "Writes of a retweet storm", "writes", "storm_retweets * storm_followers"
    ),
    Formula(
        "storm_writes_at_average",
        "Writes of a retweet storm, at the average followers",
        "writes",
        "storm_retweets * average_followers",
    ),
    Formula(
        "largest_push_s",
        "Time to push one tweet of the largest account, with all timeline nodes",
        "s",
        "most_followers / (redis_nodes * node_writes_per_s)",
    ),
    Formula(
        "pull_share_of_budget_low",
        "Latency of pulling as a share of the budget, at least",
        "share",
        "pull_latency_low_ms / (latency_budget_s * ms_per_s)",
    ),
    Formula(
        "pull_share_of_budget_high",
        "Latency of pulling as a share of the budget, at most",
        "share",
        "pull_latency_high_ms / (latency_budget_s * ms_per_s)",
    ),
)
