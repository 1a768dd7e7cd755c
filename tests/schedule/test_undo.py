"""Taking an answer back, setting items aside, and terms of one's own."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from trainer.accounts.models import User
from trainer.schedule import selectors, services
from trainer.schedule.models import Item, Preferences, Review
from trainer.schedule.terms import day_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def ann() -> User:
    return User.objects.create(username="ann")


def stored() -> list[tuple]:
    """The items' rows as Postgres has them, to the letter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT i::text FROM schedule_item i ORDER BY key")
        return [(row[0].split(",", 1)[1]) for row in cursor.fetchall()]  # all but the row's number


def say(ann: User, rating: int, days: float, once: str, key: str = "card:twitter:a") -> None:
    at = AT + timedelta(days=days)
    services.record(ann, key, rating, at, once=once, preferences=selectors.preferences(ann))


def test_undo_restores_every_state_to_the_letter(ann):
    seen = [stored()]
    steps = [(3, 0), (3, 0.01), (3, 3), (1, 30), (3, 30.1), (4, 60)]
    for number, (rating, days) in enumerate(steps):
        say(ann, rating, days, f"r{number}")
        seen.append(stored())
    for number in reversed(range(len(steps))):
        undone = services.undo(ann, "card:", f"r{number}")
        assert undone is not None
        assert stored() == seen[number]
        assert Review.objects.count() == number
        assert services.undo(ann, "card:", f"r{number}") is None  # once alone
    assert not Item.objects.exists()


def test_undo_is_to_the_letter_whatever_was_set_in_between(ann):
    say(ann, 4, 0, "learnt")
    seen = [stored()]
    services.prefer(ann, retention=0.8)
    for number in range(3):
        say(ann, (1, 3, 4)[number], 30 + number / 100, f"r{number}")
        seen.append(stored())
    services.prefer(ann, retention=0.95)
    for number in (2, 1, 0):
        services.undo(ann, "card:", f"r{number}")
        assert stored() == seen[number]


def test_answers_of_another_day_are_undone_by_what_the_others_say(ann):
    say(ann, 4, 0, "first")
    say(ann, 3, 9, "second")
    kept = Review.objects.order_by("id").values_list("before", flat=True)
    assert [each is None for each in kept] == [True, False]
    services.undo(ann, "card:", "second")
    services.undo(ann, "card:", "first")
    assert not Item.objects.exists()


def test_a_leech_is_brought_back_by_undo_after_an_answer_of_another_device(ann):
    lapse_until(ann, services.LEECH - 1)
    before = stored()
    say(ann, 1, 400, "eighth")
    say(ann, 3, 400.01, "elsewhere")
    assert Item.objects.get().suspended
    services.undo(ann, "card:", "elsewhere")
    assert Item.objects.get().suspended
    services.undo(ann, "card:", "eighth")
    assert stored() == before


def lapse_until(ann: User, lapses: int) -> None:
    """A card in review that slipped so often."""
    say(ann, 4, 0, "start")
    for number in range(lapses):
        day = 20 * (number + 1)
        for part, rating in enumerate((1, 3, 3)):
            say(ann, rating, day + part / 100, f"{number} {part}")
    assert Item.objects.get().lapses == lapses


def test_what_was_set_since_outlives_an_undo(ann):
    say(ann, 4, 0, "first")
    say(ann, 4, 9, "second")
    free = Item.objects.get()
    services.suspend(ann, "card:twitter:a", AT)
    interview = AT.date() + timedelta(days=20)
    services.prefer(ann, interview_on=interview)
    services.undo(ann, "card:", "second")
    item = Item.objects.get()
    assert item.suspended
    assert day_of(item.due, 0) == day_of(AT + timedelta(days=8), 0) < day_of(free.due, 0)
    services.undo(ann, "card:", "first")
    item = Item.objects.get()
    assert (item.suspended, item.reviews, item.state, item.memory) == (True, 0, 0, {})


def test_a_date_that_was_set_since_counts_after_an_undo(ann):
    say(ann, 4, 0, "first")
    say(ann, 4, 9, "second")
    say(ann, 1, 9.01, "third")
    services.prefer(ann, interview_on=AT.date() + timedelta(days=20))
    services.undo(ann, "card:", "third")
    assert AT + timedelta(days=16) < Item.objects.get().due < AT + timedelta(days=20)


def test_an_answer_that_was_taken_back_does_not_count_when_it_arrives_after(ann):
    assert services.undo(ann, "card:", "on its way") is None
    say(ann, 3, 0, "on its way")
    assert not Review.objects.exists()
    say(ann, 3, 0, "a")
    services.undo(ann, "card:", "a")
    say(ann, 3, 0, "a")
    assert not Item.objects.exists()


def test_undo_without_a_name_takes_the_newest_answer_alone(ann):
    say(ann, 3, 0, "a")
    say(ann, 4, 0.1, "b", key="card:twitter:b")
    services.answered(ann, "drill:twitter:traps:t1", 3, AT + timedelta(days=1))
    assert services.undo(ann, "card:").once == "b"
    assert Review.objects.order_by("id").first().once == "a"
    assert services.undo(ann, "card:").once == "a"
    assert services.undo(ann, "card:") is None
    assert Review.objects.count() == 1


def test_undo_of_an_answer_before_the_newest_counts_the_others_again(ann):
    say(ann, 1, 0, "first")
    say(ann, 4, 1, "second")
    services.undo(ann, "card:", "first")
    item = Item.objects.get()
    assert item.reviews == 1
    say(ann, 4, 1, "same", key="card:twitter:other")
    same = Item.objects.get(key="card:twitter:other")
    assert same.memory["stability"] == item.memory["stability"]


def test_an_answer_told_late_is_undone_like_any(ann):
    say(ann, 4, 5, "later")
    before = stored()
    say(ann, 1, 0, "late")
    assert Item.objects.get().reviewed_at == AT + timedelta(days=5)
    services.undo(ann, "card:", "late")
    assert stored() == before


def test_undo_leaves_a_card_buried_or_brings_back_a_leech(ann):
    say(ann, 4, 0, "start")
    day = 10.0
    for number in range(services.LEECH):
        before = stored()
        say(ann, 1, day, f"lapse{number}")
        day += 0.05
        item = Item.objects.get()
        if number + 1 < services.LEECH:
            assert not item.suspended
            say(ann, 3, day, f"again{number}")
            day += 20
    assert Item.objects.get().suspended
    assert Item.objects.get().lapses == services.LEECH
    services.undo(ann, "card:")
    assert stored() == before
    assert not Item.objects.get().suspended


def test_what_is_set_aside_is_not_due_and_comes_back(ann):
    now = AT + timedelta(days=30)
    say(ann, 4, 0, "x")
    services.suspend(ann, "card:twitter:a", now)
    assert not selectors.due(ann, now).exists()
    services.resume(ann, "card:twitter:a", now)
    assert selectors.due(ann, now).count() == 1
    services.bury(ann, "card:twitter:a", now, now + timedelta(hours=9))
    assert not selectors.due(ann, now).exists()
    assert selectors.due(ann, now + timedelta(hours=9)).count() == 1
    services.suspend(ann, "card:twitter:never-asked", now)
    assert selectors.due_at(ann, "card:twitter:never-asked") is None
    assert set(selectors.reviewed(ann)) == {"card:twitter:a"}


def test_a_card_is_asked_in_minutes_first_and_a_drill_in_days(ann):
    say(ann, 3, 0, "x")
    assert selectors.due_at(ann, "card:twitter:a") == AT + timedelta(minutes=10)
    drill = services.answered(ann, "drill:twitter:traps:t1", 3, AT)
    assert drill.due == AT + timedelta(days=2)


def test_an_interview_date_brings_every_card_before_it_and_none_after_it_is_gone(ann):
    for number in range(12):
        say(ann, 4, 0, f"r{number}", key=f"card:twitter:{number}")
        say(ann, 4, 8, f"s{number}", key=f"card:twitter:{number}")
    services.answered(ann, "drill:twitter:traps:t1", 4, AT)
    free = {item.key: item.due for item in Item.objects.all()}
    services.prefer(ann, interview_on=date(2026, 3, 20))
    moved = {item.key: item.due for item in Item.objects.all()}
    days = {day_of(due, 0) for key, due in moved.items() if key.startswith("card:")}
    assert days == {date(2026, 3, 17), date(2026, 3, 18), date(2026, 3, 19)}
    assert moved["drill:twitter:traps:t1"] == free["drill:twitter:traps:t1"]
    services.prefer(ann, interview_on=None)
    assert {item.key: item.due for item in Item.objects.all()} == free


def test_preferences_out_of_range_are_refused(ann):
    for wanted in ({"retention": 0.5}, {"answers": 3}, {"utc_offset_min": 900}):
        with pytest.raises(ValidationError):
            services.prefer(ann, **wanted)
    assert not Preferences.objects.exists()
    assert services.prefer(ann, retention=0.95).retention == selectors.preferences(ann).retention
