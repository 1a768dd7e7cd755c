"""What there is to use up, and how much of it is used. Pure. Rates are at the peak."""

from typing import Final

from trainer.capacity.formulas import Formula

FORMULAS: Final = (
    Formula(
        "reads_used",
        "Timeline loads against what is served",
        "share",
        "timeline_peak_qps / capacity_loads_per_s",
    ),
    Formula(
        "fanout_used",
        "Fan-out writes against what the timeline nodes take",
        "share",
        "hybrid_writes_per_s_peak / (redis_nodes * node_writes_per_s)",
    ),
    Formula(
        "memory_used",
        "Timelines against the memory of the timeline nodes",
        "share",
        "timeline_memory_bytes / (redis_nodes * node_gigabytes * bytes_per_gigabyte)",
    ),
    Formula(
        "ranking_used",
        "Busy cores against the cores for ranking",
        "share",
        "cores_busy_peak / ranking_cores",
    ),
    Formula(
        "shard_writes_used",
        "Tweets a second on a shard against what it takes",
        "share",
        "tweets_per_shard_per_s / shard_tweets_per_s",
    ),
    Formula(
        "shard_storage_used",
        "All years kept against the storage of the shards",
        "share",
        "shards_for_storage / shards",
    ),
    Formula(
        "search_used",
        "Search in the worst case against its promise",
        "share",
        "search_worst_share_of_sla",
    ),
)
# A latency is spent by one request, however many there are.
UNGROWING: Final = frozenset({"search_used"})
