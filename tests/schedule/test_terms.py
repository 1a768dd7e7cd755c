"""Days of study, steps, and waits that no interview is passed by."""

from datetime import UTC, date, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.schedule.capping import capped
from trainer.schedule.memory import Given, after, recapped, remembered
from trainer.schedule.terms import (
    LEARNING_STEPS,
    RELEARNING_STEPS,
    Terms,
    day_end,
    day_of,
    day_start,
)
from trainer.schedule.waits import said, waits

CARDS = Terms(0.9, LEARNING_STEPS, RELEARNING_STEPS, utc_offset_min=0)
EVENING = datetime(2026, 3, 1, 22, 15, tzinfo=UTC)


def test_a_day_of_study_begins_at_four_where_the_person_is():
    assert day_of(datetime(2026, 3, 2, 3, 59, tzinfo=UTC), 0) == date(2026, 3, 1)
    assert day_of(datetime(2026, 3, 2, 3, 59, tzinfo=UTC), 60) == date(2026, 3, 2)
    assert day_start(date(2026, 3, 2), 60) == datetime(2026, 3, 2, 3, tzinfo=UTC)
    assert day_end(EVENING, -300) == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_what_was_learnt_in_the_evening_is_due_the_whole_of_its_day():
    memory = after(None, Given(EVENING, 4), CARDS)
    assert memory.due == day_start(day_of(EVENING, 0) + timedelta(days=8), 0)


def test_asked_the_next_morning_a_day_has_passed():
    lapse = [Given(EVENING - timedelta(days=9), 4), Given(EVENING, 3)]
    morning = Given(EVENING + timedelta(hours=9), 3)
    counted = remembered([*lapse, morning], CARDS)
    whole = remembered([*lapse, Given(EVENING + timedelta(days=1), 3)], CARDS)
    assert counted.stored["stability"] == whole.stored["stability"]
    assert counted.stored["stability"] != remembered(lapse, CARDS).stored["stability"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 4)), min_size=1, max_size=12))
def test_at_the_start_of_days_it_is_py_fsrs_itself(answers):
    """With steps: the same sequence through py-fsrs alone."""
    scheduler = Scheduler(enable_fuzzing=False, maximum_interval=365)
    at, card, memory = day_start(date(2026, 1, 1), 0), None, None
    for days, rating in answers:
        at += timedelta(days=days)
        card, _ = scheduler.review_card(card or Card(card_id=0, due=at), Rating(rating), at)
        memory = after(memory, Given(at, rating), CARDS)
        assert dict(memory.stored) == card.to_dict()
        assert memory.due == card.due
    told = []
    at = day_start(date(2026, 1, 1), 0)
    for days, rating in answers:
        at += timedelta(days=days)
        told.append(Given(at, rating))
    if len({each.at for each in told}) == len(told):  # else their order is not told by their time
        assert remembered(told[::-1], CARDS) == memory


def test_lapses_are_counted_only_of_what_had_been_learnt():
    rows = [(0, 1), (1, 1), (2, 4), (12, 1), (12, 3), (14, 1)]
    answers = [
        Given(EVENING + timedelta(days=day, minutes=number), rating)
        for number, (day, rating) in enumerate(rows)
    ]
    assert remembered(answers, CARDS).lapses == 2


def test_the_waits_are_those_that_follow():
    memory = None
    for day, rating in ((0, 3), (0, 3), (2, 3), (13, 3)):
        at = EVENING + timedelta(days=day)
        expected = waits(memory, at, CARDS, "card:a")[rating - 1]
        memory = after(memory, Given(at, rating), CARDS, "card:a")
        reached = memory.due - at
        assert expected == reached or expected == day_of(memory.due, 0) - day_of(at, 0)


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(seconds=20), "1 min"),
        (timedelta(minutes=10), "10 min"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=45), "45 days"),
        (timedelta(days=73), "2.4 months"),
        (timedelta(days=365), "1.0 years"),
    ],
)
def test_a_wait_is_said_in_words(wait, words):
    assert said(wait) == words


def test_no_wait_passes_the_interview_and_the_last_days_share_what_would():
    interview, day = date(2026, 6, 20), date(2026, 6, 1)
    days = [capped(date(2026, 8, 1), day, interview, f"card:{n}") for n in range(300)]
    assert set(days) == {interview - timedelta(days=n) for n in (1, 2, 3)}
    assert min(days.count(each) for each in set(days)) > 60
    assert capped(date(2026, 6, 20), day, interview, "a") == date(2026, 6, 20)
    assert capped(date(2026, 8, 1), date(2026, 6, 18), interview, "a") == interview
    assert capped(date(2026, 8, 1), interview, interview, "a") == date(2026, 8, 1)
    assert capped(date(2026, 8, 1), day, None, "a") == date(2026, 8, 1)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 400), st.text(max_size=8))
def test_a_capped_day_lies_between_the_answer_and_the_interview(answered, until, wait, key):
    start = date(2026, 1, 1)
    day, interview = start + timedelta(days=answered), start + timedelta(days=until)
    due = day + timedelta(days=wait + 1)
    come = capped(due, day, interview, key)
    assert day < come <= due
    assert answered >= until or come <= max(interview, day + timedelta(days=1))


def test_another_interview_date_moves_what_was_answered_before():
    sooner = Terms(0.9, LEARNING_STEPS, RELEARNING_STEPS, 0, date(2026, 3, 20))
    answers = [Given(EVENING, 4), Given(EVENING + timedelta(days=8), 4)]
    free = remembered(answers, CARDS, "card:a")
    bound = remembered(answers, sooner, "card:a")
    assert bound.due < free.due
    assert bound.stored == free.stored
    assert recapped(free, sooner, "card:a") == bound.due
    assert recapped(bound, CARDS, "card:a") == free.due
