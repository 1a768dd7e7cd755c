"""The model and the content's ledger speak of the same numbers: where both do, they agree."""

from dataclasses import asdict
from pathlib import Path

import pytest

from trainer.capacity.figures import figures
from trainer.capacity.inputs import Inputs
from trainer.catalog.loader import load_pack

PACK = load_pack(Path(__file__).parents[2] / "content" / "twitter")
LEDGER = {number.slug: number for number in PACK.numbers}
VALUES = asdict(Inputs()) | {name: each.value for name, each in figures(Inputs()).items()}

# slug: the input or figure that says the same, and how many of its units one of the ledger's is.
SAME = {
    "dau": ("dau", 1),
    "mau": ("mau", 1),
    "dau-mau-ratio": ("dau_share", 1),
    "average-followers": ("average_followers", 1),
    "celebrity-threshold": ("threshold", 1),
    "fanout-threshold": ("threshold", 1),
    "tweets-per-day": ("tweets_per_day", 1),
    "tweets-per-second": ("tweets_per_s", 1),
    "timeline-qps": ("timeline_qps", 1),
    "timeline-qps-peak": ("timeline_peak_qps", 1),
    "timeline-loads-per-day": ("loads_per_day", 1),
    "loads-per-user": ("loads_per_dau", 1),
    "mysql-shards": ("shards", 1),
    "ranking-decisions": ("ranking_runs_per_day", 1),
    "pipeline-runs-per-second": ("runs_per_s", 1),
    "pipeline-runs-per-user": ("runs_per_dau", 1),
    "candidate-scorings": ("scorings_per_day", 1),
    "latency-budget": ("latency_budget_s", 1),
    "cpu-seconds": ("cpu_s_per_run", 1),
    "cpu-to-latency": ("parallelism", 1),
    "busy-cores": ("cores_busy", 1),
    "candidates": ("candidates", 1),
    "heavy-candidates": ("heavy_candidates", 1),
    "final-tweets": ("final_tweets", 1),
    "search-latency": ("search_sla_ms", 1_000),
    "search-latency-before": ("search_before_ms", 1_000),
    "search-speedup": ("search_speedup", 1),
    "kafka-latency": ("kafka_ms", 1),
    "ingestion-latency": ("ingestion_ms", 1),
    "bulk-index-latency": ("bulk_index_ms", 1),
    "refresh-latency": ("refresh_ms", 1),
    "refresh-default": ("refresh_default_ms", 1),
    "search-latency-sum": ("search_sum_ms", 1),
    "search-latency-total": ("search_sum_ms", 1),
    "search-latency-worst": ("search_worst_ms", 1),
    "regular-fanout-writes": ("hybrid_writes", 1),
    "facebook-threshold": ("facebook_threshold", 1),
    "threshold-ratio": ("threshold_ratio", 1),
    "celebrity-tweet-share": ("celebrity_tweet_share", 1),
    "celebrity-tweets": ("celebrity_tweets", 1),
    "naive-fanout-writes": ("naive_writes", 1),
    "writes-saved": ("claimed_saving", 1),
    "writes-saved-at-average": ("saved_writes", 1),
    "writes-saved-at-threshold": ("saved_writes_at_threshold", 1),
    "largest-account-followers": ("most_followers", 1),
    "largest-account-tweets": ("largest_account_tweets", 1),
    "largest-account-writes": ("largest_account_writes", 1),
    "pull-latency-low": ("pull_latency_low_ms", 1),
    "pull-latency-high": ("pull_latency_high_ms", 1),
    "storm-retweets": ("storm_retweets", 1),
    "storm-followers": ("storm_followers", 1),
    "storm-writes": ("storm_writes", 1),
    "storm-writes-at-average": ("storm_writes_at_average", 1),
    "breaker-failures": ("breaker_failures", 1),
    "breaker-window": ("breaker_window_s", 1),
    "breaker-trip-share": ("breaker_trip_share", 1),
    "scale-factor": ("growth", 1),
    "scaled-dau": ("scaled_dau", 1),
    "scaled-tweets": ("scaled_tweets", 1),
    "scaled-threshold": ("scaled_threshold", 1),
    "fanout-claim-before": ("told_writes_before", 1),
    "fanout-claim-after": ("told_writes_after", 1),
    "scaled-fanout-writes": ("scaled_hybrid_writes", 1),
    "qps-claim-before": ("told_qps_before", 1),
    "qps-claim-after": ("told_qps_after", 1),
    "scaled-timeline-qps": ("scaled_timeline_qps", 1),
    "storage-per-year": ("storage_per_year_bytes", 1e15),
    "storage-per-tweet": ("bytes_per_tweet", 1e3),
    "scaled-storage": ("scaled_storage_bytes", 1e15),
    "index-claim": ("told_index_after", 1),
    "loads-per-tweet": ("loads_per_tweet", 1),
    "pipeline-load-share": ("uncached_share", 1),
    "fanout-writes-per-second": ("hybrid_writes_per_s", 1),
    "writes-per-load": ("writes_per_load", 1),
    "saved-per-tweet-for-trillion": ("followers_per_tweet_for_claim", 1),
}
# The rest of the ledger is of other subjects, or an example without a sum of ours.
OTHER = {
    "seconds-per-day", "in-network-share", "out-of-network-share", "timeline-split",
    "timeline-whole", "weight-like", "weight-retweet", "weight-reply", "weight-profile-click",
    "weight-link-click", "weight-bookmark", "premium-boost", "premium-boost-out", "backfill-size",
    "threshold-option", "celebrity-example-followers", "friend-cap", "breaker-open", "trend-tweets",
    "trend-accounts-many", "trend-accounts-few", "trend-lead-low", "trend-lead-high",
    "reviewed-trends", "published-like", "published-retweet", "published-reply-author",
    "published-negative", "published-report", "retweet-in-likes", "reply-in-likes",
    "profile-click-in-likes", "reply-author-in-likes", "report-in-likes", "requests-in-window",
    "claimed-growth",
}  # fmt: skip
# Numbers that the ledger itself holds rounded, so that what is built on them is off by as much.
ROUNDED = {
    "scaled-fanout-writes": "regular-fanout-writes",
    "fanout-claim-after": "fanout-claim-before",
}
LEAST_TOLERANCE = 2e-4  # 13.7 KB a tweet gives 2.50025 PB a year


def test_every_number_of_the_ledger_is_ours_or_known_to_be_of_another_subject():
    assert SAME.keys() | OTHER == LEDGER.keys()
    assert not SAME.keys() & OTHER


@pytest.mark.parametrize("slug", SAME)
def test_the_model_and_the_ledger_agree(slug):
    name, units = SAME[slug]
    number = LEDGER[ROUNDED.get(slug, slug)]
    tolerance = max(number.tolerance or 0, LEAST_TOLERANCE)
    assert VALUES[name] == pytest.approx(LEDGER[slug].value * units, rel=tolerance)
