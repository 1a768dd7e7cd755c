"""The plan until an interview, with no server."""

from datetime import date, timedelta

import pytest

from trainer.cards.foreseen import Coming, by_day, new_ones
from trainer.cards.planning import enough_a_day, exercise, new_by_day, new_today, plan
from trainer.schedule.memory import Given, after
from trainer.schedule.terms import Terms, day_of, day_start

TODAY = date(2026, 11, 23)
TERMS = Terms(utc_offset_min=0, interview_on=TODAY + timedelta(days=20))


def planned(days_left=10, due=None, remaining=70, new_a_day=20, reviews_a_day=100):
    interview = TODAY + timedelta(days=days_left)
    return plan(TODAY, interview, due or {}, remaining, new_a_day, reviews_a_day, 12.0)


def test_new_cards_are_spread_evenly_and_the_last_three_days_bring_none():
    assert new_by_day(70, 20, 10) == (10,) * 7 + (0,) * 3


def test_what_does_not_divide_comes_on_the_first_days():
    assert new_by_day(10, 20, 7) == (3, 3, 2, 2, 0, 0, 0)


@pytest.mark.parametrize("remaining", [0, 1, 9, 100, 333])
@pytest.mark.parametrize("days_left", [4, 5, 30])
def test_with_enough_a_day_no_card_is_left_over(remaining, days_left):
    enough = enough_a_day(remaining, days_left)

    assert sum(new_by_day(remaining, enough, days_left)) == remaining
    if enough:
        assert sum(new_by_day(remaining, enough - 1, days_left)) < remaining


def test_the_daily_limit_holds_and_the_plan_says_what_is_left_over():
    found = planned(remaining=200, new_a_day=20)

    assert [day.new for day in found.days] == [20] * 7 + [0] * 4
    assert (found.left_over, found.enough_a_day) == (60, 29)


def test_in_the_last_three_days_nothing_new_fits():
    found = planned(days_left=3, remaining=5)

    assert (found.left_over, found.enough_a_day) == (5, 0)
    assert new_today(5, 20, 3) == 0


def test_after_the_interview_the_daily_limit_stands_alone():
    assert new_today(70, 20, -1) == 20
    assert new_today(7, 20, -1) == 7


def test_reviews_over_the_daily_limit_wait_for_the_next_day():
    found = planned(days_left=4, due={TODAY: 250}, reviews_a_day=100)

    assert [day.reviews for day in found.days] == [100, 100, 50, 0, 0]


def test_the_interviews_own_day_shows_what_comes_on_it():
    due = {TODAY + timedelta(days=4): 7}

    assert [day.reviews for day in planned(due=due, days_left=4).days] == [0, 0, 0, 0, 7]


def test_what_does_not_fit_in_before_the_interview_is_told():
    found = planned(due={TODAY + timedelta(days=2): 250}, days_left=4, reviews_a_day=100)

    assert (found.over, found.days[-1].reviews) == (50, 50)
    assert planned(due={TODAY: 90}, days_left=4, reviews_a_day=100).over == 0


def test_minutes_count_a_new_card_twice():
    today = planned(due={TODAY: 20}, remaining=70).today

    assert (today.reviews, today.new, today.cards) == (20, 10, 30)
    assert today.minutes == 8  # 40 answers of 12 s


def test_the_last_day_is_the_interview_and_the_one_before_is_light():
    kinds = [day.exercise for day in planned(days_left=12).days]

    assert kinds[-2:] == ["light", "interview"]
    assert kinds.count("mock") == 4
    assert {"drill", "lab"} < set(kinds)


def test_mock_interviews_are_never_on_neighbouring_days_and_one_a_week_far_ahead():
    mocks = [before for before in range(90) if exercise(before) == "mock"]

    assert mocks == [2, 5, 8, 11, *range(18, 90, 7)]


def test_an_interview_that_is_over_has_no_plan():
    with pytest.raises(ValueError, match="2026-11-22 is over; give one from 2026-11-23"):
        planned(days_left=-1)


def test_new_cards_come_back_by_the_schedulers_own_waits():
    found = by_day(new_ones({TODAY: 9}), Terms(utc_offset_min=0), TODAY + timedelta(days=20))
    first = after(None, Given(day_start(TODAY, 0), 3), Terms(utc_offset_min=0))

    assert min(found) == day_of(first.due, 0)
    assert set(found.values()) == {9}


def test_before_the_interview_every_card_comes_once_more():
    found = by_day(new_ones({TODAY: 30}), TERMS, TERMS.interview_on)
    last_days = [TERMS.interview_on - timedelta(days=n) for n in (1, 2, 3)]

    assert sum(found.get(day, 0) for day in last_days) == 30


def test_a_card_that_waits_comes_on_its_day_and_stands_for_its_weight():
    memory = after(None, Given(day_start(TODAY, 0), 3), Terms(utc_offset_min=0))
    waiting = Coming("a", TODAY + timedelta(days=2), memory, 10.0)

    found = by_day([waiting], Terms(utc_offset_min=0), TODAY + timedelta(days=3))

    assert found == {TODAY + timedelta(days=2): 10}
