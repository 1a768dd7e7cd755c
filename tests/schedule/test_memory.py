"""When an item comes back: py-fsrs's own sequence, and its figures written down."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from fsrs import Card, Rating, Scheduler

from trainer.schedule.memory import Given, remembered
from trainer.schedule.terms import Terms

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
# Day, rating -> days until due, stability, difficulty. From py-fsrs 6.3 with its own parameters.
GOLDEN = [
    (0, 3, 2, 2.3065, 2.1181),
    (2, 3, 11, 10.9643, 2.1112),
    (13, 1, 2, 1.5383, 7.3922),
    (14, 2, 3, 2.7505, 8.2541),
    (17, 4, 10, 9.5973, 7.6559),
]
ANSWERS = [Given(START + timedelta(days=day), rating) for day, rating, *_ in GOLDEN]


def test_the_golden_sequence():
    for count, (_, _, days, stability, difficulty) in enumerate(GOLDEN, start=1):
        memory = remembered(ANSWERS[:count])
        assert memory.due - ANSWERS[count - 1].at == timedelta(days=days)
        assert memory.stored["stability"] == pytest.approx(stability, abs=1e-4)
        assert memory.stored["difficulty"] == pytest.approx(difficulty, abs=1e-4)


def test_with_steps_it_is_what_py_fsrs_says_itself():
    steps = (timedelta(minutes=1), timedelta(minutes=10))
    scheduler = Scheduler(enable_fuzzing=False, desired_retention=0.8)
    card = Card(card_id=0, due=START)
    for given in ANSWERS:
        card, _ = scheduler.review_card(card, Rating(given.rating), given.at)
    terms = Terms(retention=0.8, steps=steps, relearning_steps=steps[1:])
    assert remembered(ANSWERS[:1], terms).due - START == timedelta(minutes=10)
    memory = remembered(ANSWERS, terms)
    assert memory.stored["stability"] == pytest.approx(card.stability)


def test_the_order_in_which_answers_are_told_and_their_time_zone_do_not_matter():
    elsewhere = timezone(timedelta(hours=9))
    moved = [Given(given.at.astimezone(elsewhere), given.rating) for given in ANSWERS[::-1]]
    assert remembered(moved) == remembered(ANSWERS)


def test_higher_retention_brings_an_item_back_sooner():
    assert remembered(ANSWERS, Terms(0.95)).due < remembered(ANSWERS, Terms(0.8)).due


def test_without_answers_there_is_no_memory():
    with pytest.raises(ValueError, match="at least one answer"):
        remembered([])
