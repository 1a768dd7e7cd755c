"""Users and timeline reads. Pure."""

from typing import Final

from trainer.capacity.formulas import Formula

FORMULAS: Final = (
    Formula("dau_share", "Daily users as a share of monthly users", "share", "dau / mau"),
    Formula(
        "tweets_per_s", "Tweets a second, mean", "tweets/s", "tweets_per_day / seconds_per_day"
    ),
    Formula("loads_per_day", "Timeline loads a day", "loads/day", "dau * loads_per_dau"),
    Formula(
        "timeline_qps", "Timeline loads a second", "loads/s", "loads_per_day / seconds_per_day"
    ),
    Formula(
        "timeline_peak_qps",
        "Timeline loads a second at the peak",
        "loads/s",
        "timeline_qps * peak_factor",
    ),
    Formula(
        "loads_per_tweet",
        "Timeline loads for each tweet: the read-heavy side",
        "loads/tweet",
        "loads_per_day / tweets_per_day",
    ),
    Formula(
        "uncached_share",
        "Loads that can run the ranking pipeline",
        "share",
        "ranking_runs_per_day / loads_per_day",
    ),
    Formula(
        "cached_share",
        "Loads that a cache must answer",
        "share",
        "(loads_per_day - ranking_runs_per_day) / loads_per_day",
    ),
    Formula(
        "breaker_trip_share",
        "Share of requests that trips one breaker for the whole site",
        "share",
        "breaker_failures / (timeline_qps * breaker_window_s)",
    ),
    Formula(
        "timeline_memory_bytes",
        "Memory of all timelines, one for each monthly user",
        "bytes",
        "mau * timeline_ids * bytes_per_id",
    ),
    Formula(
        "timeline_memory_of_dau_bytes",
        "Memory of the timelines of daily users",
        "bytes",
        "dau * timeline_ids * bytes_per_id",
    ),
    Formula("timeline_bytes", "Memory of one timeline", "bytes", "timeline_ids * bytes_per_id"),
    Formula(
        "timeline_nodes_for_memory",
        "Nodes that the memory of all timelines needs",
        "nodes",
        "timeline_memory_bytes / (node_gigabytes * bytes_per_gigabyte)",
    ),
)
