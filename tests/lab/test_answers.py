"""A ranked timeline as JSON."""

import json

import numpy as np

from trainer.lab import answers
from trainer.twitter.mixer.answer import HomeTimeline, Missing, RankedEntry
from trainer.twitter.mixer.trace import Served, Trace
from trainer.twitter.mixer.types import Candidates
from trainer.twitter.tweets.selectors import Counts, TweetRow

GREAT = 2**60 + 1  # beyond what JavaScript's numbers tell apart


def tweet(id: int, text: str, retweet_of: int | None = None) -> TweetRow:
    return TweetRow(
        1,
        id,
        2,
        "ann",
        "Ann",
        1,
        text,
        retweet_of,
        retweet_of and 3,
        None,
        0,
        Counts(5, 4, 3, 2, 1),
    )


def timeline(trace: Trace | None = None) -> HomeTimeline:
    entry = RankedEntry(
        tweet(GREAT + 1, "", GREAT),
        tweet(GREAT, "hello"),
        in_network=False,
        sources=("graph", "embeddings"),
        score=0.75,
        chances={"like": 0.5},
        factors={"out of network": 0.75, "author diversity": 1.0},
    )
    missing = (Missing("celebrities", "Redis is away"),)
    return HomeTimeline(
        entries=(entry,),
        next_cursor="abc",
        level=1,
        reason="the heavy ranker failed",
        age_s=2.5,
        missing=missing,
        quality=1.0,
        took_ms=30.0,
        left_ms=1470.0,
        weights_id="guide",
        stage_ms={"sources": 20.0, "light": 2.0},
        trace=trace,
    )


def test_everything_of_an_entry_is_told() -> None:
    (entry,) = answers.of_home(timeline())["entries"]
    assert entry["tweet"]["id"] == str(GREAT + 1)
    assert entry["tweet"]["retweet_of"] == entry["original"]["id"] == str(GREAT)
    assert entry["original"]["text"] == "hello"
    assert entry["original"]["likes"] == 5
    assert entry["sources"] == ["graph", "embeddings"]
    assert entry["score"] == 0.75
    assert entry["chances"] == {"like": 0.5}
    # In the order of multiplication, which a JSON object would not keep everywhere.
    assert entry["factors"] == [["out of network", 0.75], ["author diversity", 1.0]]


def test_the_level_is_told_with_its_reason_and_what_is_missing() -> None:
    told = answers.of_home(timeline())
    assert (told["level"], told["reason"]) == (1, "the heavy ranker failed")
    assert told["missing"] == [{"part": "celebrities", "why": "Redis is away"}]
    assert told["stage_ms"] == [["sources", 20.0], ["light", 2.0]]
    assert (told["age_s"], told["next_cursor"], told["weights"]) == (2.5, "abc", "guide")


def test_a_trace_that_was_asked_for_is_there_and_can_be_read_back() -> None:
    nobody = Served.of(Candidates.found(np.empty(0, np.int64)))
    trace = Trace(7, 1_000, "guide", np.zeros(6, np.float32), (), nobody)
    told = json.loads(json.dumps(answers.of_home(timeline(trace))))
    assert Trace.from_json(told["trace"]).account_id == 7
    assert "trace" not in answers.of_home(timeline())
