"""Storage of tweets, over shards. Pure."""

from typing import Final

from trainer.capacity.formulas import Formula

FORMULAS: Final = (
    Formula(
        "storage_per_day_bytes", "Storage a day", "bytes/day", "tweets_per_day * bytes_per_tweet"
    ),
    Formula(
        "storage_per_year_bytes",
        "Storage a year",
        "bytes/year",
        "storage_per_day_bytes * days_per_year",
    ),
    Formula(
        "storage_kept_bytes",
        "Storage of all years kept",
        "bytes",
        "storage_per_year_bytes * years_kept",
    ),
    Formula(
        "storage_per_shard_bytes",
        "Storage a year on each shard",
        "bytes/year",
        "storage_per_year_bytes / shards",
    ),
    Formula(
        "tweets_per_shard_per_s",
        "Tweets a second on each shard at the peak",
        "tweets/s",
        "tweets_per_s * peak_factor / shards",
    ),
    Formula(
        "shards_for_writes",
        "Shards that the peak of writes needs",
        "shards",
        "tweets_per_s * peak_factor / shard_tweets_per_s",
    ),
    Formula(
        "shards_for_storage",
        "Shards that all years kept need",
        "shards",
        "storage_per_year_bytes * years_kept / (shard_terabytes * bytes_per_terabyte)",
    ),
    Formula(
        "shards_needed",
        "Shards needed, by writes or by storage",
        "shards",
        "largest(shards_for_writes, shards_for_storage)",
    ),
)
