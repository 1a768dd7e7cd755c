"""How long a tweet takes to be searchable. Pure."""

from typing import Final

from trainer.capacity.formulas import Formula

FORMULAS: Final = (
    Formula(
        "search_before_refresh_ms",
        "Stages before the refresh",
        "ms",
        "kafka_ms + ingestion_ms + bulk_index_ms",
    ),
    Formula("search_sum_ms", "All stages", "ms", "search_before_refresh_ms + refresh_ms"),
    Formula(
        "search_worst_ms",
        "All stages, when the index's own refresh interval has just begun",
        "ms",
        "search_before_refresh_ms + refresh_default_ms",
    ),
    Formula(
        "search_mean_ms",
        "All stages, with half of the index's own refresh interval",
        "ms",
        "search_before_refresh_ms + refresh_default_ms / 2",
    ),
    Formula(
        "search_share_of_sla",
        "All stages against the promise",
        "share",
        "search_sum_ms / search_sla_ms",
    ),
    Formula(
        "search_worst_share_of_sla",
        "The worst case against the promise",
        "share",
        "search_worst_ms / search_sla_ms",
    ),
    Formula(
        "refresh_for_sla_ms",
        "Longest refresh interval that keeps the promise",
        "ms",
        "search_sla_ms - search_before_refresh_ms",
    ),
    Formula("search_speedup", "Improvement of search", "x", "search_before_ms / search_sla_ms"),
)
