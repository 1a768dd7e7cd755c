"""The figures that the Twitter pack must teach: the 25 key numbers, and all the others."""

from pathlib import Path

import pytest

from trainer.catalog.loader import load_pack
from trainer.catalog.numbers import evaluate

PACK = load_pack(Path(__file__).parents[2] / "content" / "twitter")

KEY_NUMBERS = [
    ("Users", "dau", 250e6, "users", "250M", []),
    ("Users", "mau", 450e6, "users", "450M", []),
    ("Users", "average-followers", 700, "followers", "700", []),
    ("Users", "celebrity-threshold", 100e3, "followers", "100,000 followers", []),
    ("Traffic", "tweets-per-day", 500e6, "tweets/day", "500M", []),
    ("Traffic", "timeline-qps", 175e3, "requests/s", "175K", ["300K"]),
    ("Traffic", "mysql-shards", 100e3, "shards", "100,000+", []),
    ("Traffic", "ranking-decisions", 5e9, "runs/day", "5B", []),
    ("Timeline", "latency-budget", 1.5, "s", "1.5 s", []),
    ("Timeline", "cpu-seconds", 220, "CPU-s", "220", []),
    ("Timeline", "candidates", 1500, "tweets", "1,500", []),
    ("Timeline", "final-tweets", 200, "tweets", "200", []),
    ("Timeline", "in-network-share", 0.5, "share", "50%", []),
    ("Timeline", "out-of-network-share", 0.5, "share", "50%", []),
    ("Scoring weights", "weight-like", 1, "x", "1x", []),
    ("Scoring weights", "weight-retweet", 20, "x", "20x", []),
    ("Scoring weights", "weight-reply", 13.5, "x", "13.5x", []),
    ("Scoring weights", "weight-profile-click", 12, "x", "12x", []),
    ("Scoring weights", "weight-link-click", 11, "x", "11x", []),
    ("Scoring weights", "weight-bookmark", 10, "x", "10x", []),
    ("Scoring weights", "premium-boost", 4, "x", "4x", ["2x"]),
    ("Search", "search-latency", 1, "s", "<1 s", ["15 s"]),
    ("Search", "search-speedup", 15, "x", "15x faster", []),
    ("Fan-out", "regular-fanout-writes", 332e9, "writes/day", "332B", []),
    ("Fan-out", "fanout-threshold", 100e3, "followers", "100K", ["10K"]),
]

# Every other figure that is taught, in the unit of its number.
OTHER_NUMBERS = {
    "timeline-qps-peak": 300e3,
    "premium-boost-out": 2,
    "cpu-to-latency": 150,
    "heavy-candidates": 500,
    "largest-account-followers": 150e6,
    "largest-account-tweets": 10,
    "largest-account-writes": 1.5e9,
    "celebrity-example-followers": 100e6,
    "friend-cap": 5e3,
    "facebook-threshold": 10e3,
    "threshold-ratio": 10,
    "threshold-option": 500e3,
    "pull-latency-low": 50,
    "pull-latency-high": 100,
    "writes-saved": 1e12,
    "storm-retweets": 100e3,
    "storm-followers": 1000,
    "storm-writes": 100e6,
    "search-latency-before": 15,
    "kafka-latency": 50,
    "ingestion-latency": 60,
    "bulk-index-latency": 200,
    "refresh-latency": 500,
    "search-latency-sum": 810,
    "search-latency-total": 800,
    "backfill-size": 100,
    "breaker-failures": 10,
    "breaker-window": 30,
    "breaker-open": 60,
    "scale-factor": 10,
    "scaled-dau": 2.5e9,
    "scaled-tweets": 5e9,
    "scaled-threshold": 50e3,
    "fanout-claim-before": 3.3e12,
    "fanout-claim-after": 33e12,
    "qps-claim-before": 1.75e6,
    "qps-claim-after": 17.5e6,
    "storage-per-year": 2.5,
    "scaled-storage": 25,
    "index-claim": 50e9,
    "trend-tweets": 1000,
    "trend-accounts-many": 1000,
    "trend-accounts-few": 10,
    "trend-lead-low": 1.5,
    "trend-lead-high": 5,
    "reviewed-trends": 10,
}

# What the contested figures are set against.
CORRECTIONS = {
    "scaled-fanout-writes": 3.32e12,
    "scaled-timeline-qps": 1.75e6,
    "naive-fanout-writes": 350e9,
    "writes-saved-at-average": 17.5e9,
    "writes-saved-at-threshold": 2.5e12,
    "storm-writes-at-average": 70e6,
    "search-latency-worst": 1310,
    "timeline-loads-per-day": 15.1e9,
    "busy-cores": 12.7e6,
}


def test_the_key_numbers_are_the_25_in_their_order() -> None:
    shown = [
        (
            number.key_group,
            number.slug,
            number.value,
            number.unit,
            number.key_text or number.text,
            [PACK.ledger[slug].text for slug in number.companions],
        )
        for number in PACK.key_numbers
    ]
    assert shown == KEY_NUMBERS
    assert len(shown) == 25


@pytest.mark.parametrize(("slug", "value"), [*OTHER_NUMBERS.items(), *CORRECTIONS.items()])
def test_a_taught_figure_is_in_the_ledger(slug: str, value: float) -> None:
    assert PACK.ledger[slug].value == value


def test_every_formula_gives_the_value_that_stands_beside_it() -> None:
    values = {number.slug: number.value for number in PACK.numbers}
    derived = [number for number in PACK.numbers if number.formula]
    assert len(derived) > 30
    for number in derived:
        computed = evaluate(number.formula or "", values)
        assert computed == pytest.approx(number.value, rel=max(number.tolerance, 1e-9))


def test_the_writes_of_regular_users_name_the_celebrity_share() -> None:
    formula = "tweets-per-day * (1 - celebrity-tweet-share) * average-followers"
    assert PACK.ledger["regular-fanout-writes"].formula == formula


def test_a_confirmed_number_cites_a_source_or_follows_from_one_that_does() -> None:
    exempt = {"timeline-split"}  # the two shares in one phrase
    for number in PACK.numbers:
        if number.status == "confirmed" and number.slug not in exempt:
            assert number.cites, number.slug


def test_a_derived_number_has_a_formula() -> None:
    exempt = {"timeline-whole"}  # one whole
    for number in PACK.numbers:
        if number.status == "derived" and number.slug not in exempt:
            assert number.formula, number.slug


def test_contested_numbers_are_those_that_a_source_or_the_sum_contradicts() -> None:
    contested = {number.slug for number in PACK.numbers if number.status == "contested"}
    assert {
        "ranking-decisions",
        "latency-budget",
        "cpu-seconds",
        "weight-like",
        "weight-retweet",
        "weight-reply",
        "search-latency",
        "writes-saved",
        "fanout-claim-after",
        "qps-claim-after",
        "index-claim",
        "storm-followers",
        "trend-lead-low",
    } <= contested
