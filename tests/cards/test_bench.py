"""`bench cards`, small: it measures the real request, and leaves nothing behind."""

from argparse import Namespace

import pytest

from trainer.accounts.models import User
from trainer.cards.benches import answering
from trainer.cards.benches.ground import PREFIX, people
from trainer.cards.models import OwnCard
from trainer.lib import clock
from trainer.lib.benchmark import CannotMeasure
from trainer.schedule.models import Item, Review

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = Namespace(cards=30, reviews=60, answers=3, rounds=2)


def nothing_is_left() -> bool:
    return not any(model.objects.exists() for model in (User, OwnCard, Item, Review))


def test_the_three_ways_are_measured_and_everybody_is_removed():
    found = answering.run(SMALL)

    assert set(found.ratios) == {"many_vs_10_cards_p50", "many_vs_bare_p50"}
    ways = ("many_cards", "10_cards", "bare_query")
    parts = ("p50", "p95", "max")
    assert set(found.figures) == {f"{way}_{part}_ms" for way in ways for part in parts}
    assert found.ratios["many_vs_bare_p50"] > 1
    assert nothing_is_left()


def test_an_answer_of_the_bench_is_an_answer_of_the_study_page():
    with people(clock.now(), (30, 60)) as (person,):
        before = Review.objects.filter(owner=person).count()
        page = answering.Page(person)
        page.answer()
        page.answer()

        assert before == 54  # nine of ten cards were answered, each twice
        assert Review.objects.filter(owner=person).count() == before + 2
        assert page.answered == 2

        answering.bare(person, clock.now())

        assert Review.objects.filter(owner=person).count() == before + 3


def test_a_refused_answer_is_not_measured_and_everybody_is_removed(monkeypatch):
    monkeypatch.setattr(answering, "_RATINGS", (7,))

    with pytest.raises(CannotMeasure, match="did not take an answer"):
        answering.run(SMALL)

    assert nothing_is_left()


def test_people_of_a_run_that_was_killed_go_first():
    User.objects.create(username=f"{PREFIX}killed")

    with people(clock.now(), (10, 10)):
        assert User.objects.count() == 1
