"""Figures that a candidate wrote, found among the numbers of the pack."""

import pytest

from tests.interviews.play import Play
from trainer.interviews.commands import Finish
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
    play = Play("8").say("With 250M people, so 250 million, and 40M others.").at(5).do(Finish())
    (figure,) = figures(play.state, play.pack)
    assert figure.written == "250M"
    assert [number.slug for number in figure.numbers] == ["users"]
