"""What the answers add up to, and the page that shows it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from tests.cards.answering import NOON, content_keys, due, reviewed
from trainer.accounts.models import User
from trainer.cards.chosen import chosen
from trainer.cards.history import (
    Answered,
    answer_s,
    answered_by_day,
    due_by_day,
    standing,
    waiting,
)
from trainer.cards.keys import own_key
from trainer.cards.models import OwnCard
from trainer.schedule.models import Review

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("Ann")


@pytest.fixture
def progress(ann):
    """Ann's page at noon, as text."""
    client = Client()
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")

    def page() -> str:
        with time_machine.travel(NOON, tick=False):
            return client.get("/cards/progress/").content.decode()

    return page


def test_retention_counts_cards_in_review_alone(ann):
    reviewed(ann, 1, [1, 2, 3, 4])
    reviewed(ann, 2, [1, 1, 3], state_before=1)

    found = answered_by_day(ann, TODAY - timedelta(days=9), 0)

    assert found == {
        date(2026, 3, 11): Answered((1, 1, 1, 1), mature=4, kept=3),
        date(2026, 3, 10): Answered((2, 0, 1, 0), mature=0, kept=0),
    }
    assert found[date(2026, 3, 11)].retention == 0.75
    assert found[date(2026, 3, 10)].retention is None


def test_a_day_of_study_begins_at_four_where_the_person_is(ann):
    at = NOON.replace(
        hour=3
    )  # 03:00 UTC is 05:00 in Helsinki, the same day; in UTC still the one before
    Review.objects.create(owner=ann, key="card:twitter:a", at=at, rating=3, once="a")

    assert list(answered_by_day(ann, TODAY - timedelta(days=3), 120)) == [TODAY]
    assert list(answered_by_day(ann, TODAY - timedelta(days=3), 0)) == [TODAY - timedelta(days=1)]


def test_drills_and_other_people_do_not_count(ann):
    reviewed(User.objects.create_user("Bob"), 1, [3])
    Review.objects.create(owner=ann, key="drill:twitter:traps:t1", at=NOON, rating=3, once="a")

    assert answered_by_day(ann, TODAY - timedelta(days=9), 0) == {}


def test_the_forecast_leaves_out_what_is_set_aside_and_what_has_no_card(ann):
    first, second, third = content_keys(3)
    due(ann, first, -2)
    due(ann, second, 1)
    due(ann, third, 1, suspended=True)
    due(ann, "card:twitter:gone", 1)
    due(ann, "drill:twitter:traps:t1", 1)

    found = due_by_day(ann, chosen(ann, "twitter"), TODAY + timedelta(days=30), 0)

    assert found == {TODAY - timedelta(days=2): 1, TODAY + timedelta(days=1): 1}


def test_a_sample_of_what_waits_is_even_and_stands_for_all(ann):
    for n, key in enumerate(content_keys(10)):
        due(ann, key, n)

    items, weight = waiting(ann, chosen(ann, "twitter"), TODAY + timedelta(days=30), 0, most=5)

    assert [(item.due.date() - TODAY).days for item in items] == [0, 2, 4, 6, 8]
    assert weight == 2


def test_cards_by_state_add_up_to_all_cards(ann):
    first, second, third = content_keys(3)
    own = OwnCard.objects.create(owner=ann, front="a", back="b", created_at=NOON, changed_at=NOON)
    due(ann, first, 1)
    due(ann, second, 0, state=1)
    due(ann, third, 0, suspended=True)
    due(ann, own_key(own.id), 1)

    found = standing(ann, chosen(ann, "twitter"))

    assert (found.learning, found.review, found.suspended) == (1, 2, 1)
    assert found.unmet == len(chosen(ann, "twitter").content) - 3


def test_seconds_an_answer_are_measured_within_a_sitting(ann):
    reviewed(ann, 3, [3] * 20)
    assert answer_s(ann) is None  # nineteen gaps are too few

    reviewed(ann, 2, [3] * 3)
    assert answer_s(ann) == 10  # the night between is no answer


def test_the_page_shows_both_charts_in_words_and_in_tables(ann, progress):
    reviewed(ann, 1, [1, 3, 3, 3])
    reviewed(ann, 20, [3])
    first, second = content_keys(2)
    due(ann, first, -2)
    due(ann, second, 3)

    html = progress()

    assert "80%" in html
    assert "of the 5 cards" in html
    assert "Your goal is 90%" in html
    assert "20 Feb 100%, 6 Mar 75%. Goal: 90%." in html
    assert '<th scope="row">6 Mar</th><td class="num">4</td><td class="num">3</td>' in html
    assert '<b class="tabular">1</b> is overdue' in html
    assert "1 overdue. From today on: 0, 0, 0, 1, 0" in html
    assert '<th scope="row">Sun 15 Mar</th><td class="num">1</td>' in html


def test_who_has_answered_nothing_is_invited(ann, progress):
    assert "Nothing to show yet" in progress()
    assert "Nothing to show yet" in Client().get("/cards/progress/").content.decode()


def test_the_page_asks_the_same_few_questions_however_many_answers(
    ann, progress, django_assert_max_num_queries
):
    reviewed(ann, 1, [3] * 40)
    for n, key in enumerate(content_keys(40)):
        due(ann, key, n)

    with django_assert_max_num_queries(8):
        progress()
