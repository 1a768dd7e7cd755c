"""Figures that a candidate wrote, found among the numbers of the pack."""

import pytest

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
