"""Figures that a candidate wrote, found among the numbers of the pack."""

import pytest

from tests.interviews.graded import twitter
from tests.interviews.play import SMALL, Play
from trainer.catalog.schema import Number
from trainer.interviews.commands import Finish, Save
from trainer.interviews.report.figures import figures, figures_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("250M users", ("count", 250e6)),
        ("250 million users", ("count", 250e6)),
        ("1.5 billion", ("count", 1.5e9)),
        ("1.5bn", ("count", 1.5e9)),
        ("100k", ("count", 100e3)),
        ("100,000 followers", ("count", 100e3)),
        ("250000000", ("count", 250e6)),
        ("7.5T a day", ("count", 7.5e12)),
        ("50 ms", ("time", 0.05)),
        ("50-millisecond", ("time", 0.05)),
        ("1.5 seconds", ("time", 1.5)),
        ("1.5s", ("time", 1.5)),
        ("5 hours", ("time", 18_000)),
        ("50%", ("share", 0.5)),
        ("0.0002 %", ("share", 0.000002)),
    ],
)
def test_an_unmistakable_figure_is_read(text, found):
    assert [value for _, value in figures_in(text)] == [found]


@pytest.mark.parametrize("text", ["700 of them", "step 2", "v1.2.3", "t1 or 45", "abc100K", "M5"])
def test_a_bare_small_number_is_not(text):
    assert list(figures_in(text)) == []


def test_a_figure_of_the_ledger_is_named_once():
    text = "With 250M people as users, so 250 million, and 40M others."
    assert written(text) == [("250M", ["users"], [])]


def number(slug: str, label: str, value: float, unit: str) -> Number:
    return Number(
        slug=slug,
        label=label,
        value=value,
        unit=unit,
        text=slug,
        status="derived",
        worth="Worth.",
    )


LEDGER = (
    *SMALL.numbers,
    number("bulk", "Search indexing, bulk index", 200, "ms"),
    number("tweets", "Tweets a day", 500e6, "tweets/day"),
    number("scaled", "Daily users at 2x", 500e6, "users"),
    number("whole", "The whole timeline", 1, "share"),
)


def written(*said: str, outline: str = "") -> list[tuple[str, list[str], list[str]]]:
    """Each figure of the messages: as written, what it goes with, what only has its value."""
    play = Play("8", pack=SMALL.model_copy(update={"numbers": LEDGER}))
    for text in said:
        play.later(5).say(text)
    play.do(Save("outline", outline, 0)).at(5).do(Finish())
    return [
        (each.written, [n.slug for n in each.numbers], [n.slug for n in each.same_value])
        for each in figures(play.state, play.pack)
        if each.in_ledger
    ]


def test_a_time_that_means_something_else_only_has_the_value():
    assert written("The merge adds 200ms to a read.") == [("200ms", [], ["bulk"])]


def test_a_time_goes_with_the_number_that_its_sentence_names():
    assert written("The indexing takes 0.2 s in bulk.") == [("0.2 s", ["bulk"], [])]


def test_a_word_in_another_sentence_does_not_count():
    assert written("Search comes later. The merge adds 200ms.") == [("200ms", [], ["bulk"])]


def test_a_count_of_another_unit_only_has_the_value():
    assert written("500M daily users.") == [("500M", ["scaled"], ["tweets"])]
    assert written("500M tweets a day.") == [("500M", ["tweets"], ["scaled"])]
    assert written("500M users read tweets daily.") == [("500M", ["scaled"], ["tweets"])]


def test_a_word_that_stands_in_many_labels_tells_nothing():
    assert written("500M retweets a day.") == [("500M", [], ["tweets", "scaled"])]


def test_the_unit_alone_does_not_name_a_number():
    assert written("500M users.") == [("500M", [], ["tweets", "scaled"])]


def test_a_share_goes_by_its_sentence_too():
    assert written("I am 100% sure.") == [("100%", [], ["whole"])]


def test_the_place_where_a_figure_is_named_is_the_one_shown():
    assert written("The merge adds 200ms.", outline="Bulk index: 0.2 s") == [
        ("0.2 s", ["bulk"], [])
    ]


def judged(text: str) -> list[tuple[str, str, str]]:
    """Each figure against the real ledger: as written, the verdict, the number that was meant."""
    play = Play("8", pack=twitter()).later(5).say(text).at(5).do(Finish())
    found = figures(play.state, play.pack)
    return [(each.written, each.verdict, each.meant.slug if each.meant else "") for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We have 250M DAU.", ("250M", "right", "")),
        ("DAU is about 900 million.", ("900 million", "wrong", "dau")),
        ("There are a hundred million DAU.", ("a hundred million", "wrong", "dau")),
        ("We have 500M DAU, and they post tweets.", ("500M", "wrong", "dau")),
        ("Read QPS is about 3K.", ("3K", "wrong", "timeline-qps")),
        ("Half a million tweets a day.", ("Half a million", "wrong", "tweets-per-day")),
        ("A threshold of 10 million followers.", ("10 million", "wrong", "celebrity-threshold")),
        ("A 100K follower threshold.", ("100K", "right", "")),
        ("5B ranking decisions a day.", ("5B", "contested", "")),
        ("7 million cats.", ("7 million", "open", "")),
    ],
)
def test_a_named_figure_is_judged(text: str, expected: tuple[str, str, str]):
    assert judged(text) == [expected]


def test_a_range_is_right_at_both_ends_or_not_judged():
    assert {verdict for _, verdict, _ in judged("Pulling adds 50 to 100 ms of latency.")} == {
        "right"
    }
    assert {verdict for _, verdict, _ in judged("Pulling adds 20 to 50 ms of latency.")} == {"open"}


@pytest.mark.parametrize(
    "text",
    [
        "Do we have 500M DAU?",
        "If we had 1B daily users, fan-out would double.",
        "Facebook has 2B DAU.",
        "At 10x we get 2.5B DAU.",
        "Our DAU, 500M tweets a day.",
        "Celebrities write 3M tweets a day.",
        "A threshold of 50K followers.",
        "The breaker has a threshold of 5 minutes.",
        "It is not 10M DAU.",
        "900M rows for the DAU report.",
        "Assume 200M daily users.",
        "The error threshold is 20%.",
        "DAU: 250M (MAU ~550M).",
        "15 million tweets a day are from Asia.",
        "100 million DAU in the US alone.",
        "Of the DAU 100M are on mobile.",
        "Only 10M DAU post at all.",
        "20% of them, 100M tweets a day, have media.",
        "Pictures are few, 5M tweets a day.",
        "What is left, about 5M tweets a day, goes to the archive.",
        "When we hit 1B DAU we shard differently.",
        "In five years 500M DAU.",
        "I first thought 500M DAU, but it's 250M.",
        "Threads has 100M daily active users.",
        "Read QPS is about 3K per host.",
        "10K timeline reads per second per box.",
        "A celebrity over the threshold (100M followers) gets pulled.",
        "Users see 100 tweets a day, 25 billion tweets per day.",
        "We delete 1M tweets per day as spam.",
    ],
)
def test_nobody_is_accused_on_a_guess(text: str):
    assert "wrong" not in [verdict for _, verdict, _ in judged(text)]
