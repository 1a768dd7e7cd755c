import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cards.answering import content_keys
from tests.interviews.sitting import Sitting
from trainer.accounts.models import User
from trainer.cards.services import Answer, answer
from trainer.interviews.models import Interview
from trainer.lib import clock
from trainer.schedule.selectors import preferences
from trainer.schedule.services import prefer
from trainer.schedule.terms import day_of


@pytest.fixture
def ann(db) -> User:
    return User.objects.create_user("Ann")


@pytest.fixture
def front_page(ann):
    """Ann's front page as text."""
    client = Client()
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    return lambda: client.get("/").content.decode()


def sat(owner: User, status: str, hours_ago: int = 1) -> Interview:
    at = timezone.now() - timedelta(hours=hours_ago)
    return Interview.objects.create(
        owner=owner, pack="twitter", status=status, planned_s=2700, opened_at=at, last_at=at
    )


def opening_forms(html: str) -> list[dict[str, str]]:
    """The fields of the forms that open an interview, without the token."""
    forms = re.findall(r'<form method="post" action="/interviews/open/">(.*?)</form>', html, re.S)
    fields = [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in forms]
    return [{k: v for k, v in each.items() if k != "csrfmiddlewaretoken"} for each in fields]


def test_a_stranger_is_offered_the_room_and_the_eight_minutes(client):
    html = client.get("/").content.decode()

    assert opening_forms(html) == [
        {"pack": "twitter", "format": "45"},
        {"pack": "twitter", "format": "8"},
    ]
    assert "Enter the room" in html
    assert 'href="/learn/twitter/sample-interview/"' in html


def test_the_plan_shows_the_minutes_of_the_usual_format(client):
    html = client.get("/").content.decode()

    names = re.findall(r"<li><span>(.*?)</span><span>(\d+) min</span></li>", html)
    assert names == [
        ("Clarify", "5"),
        ("High-Level", "10"),
        ("Deep Dive", "15"),
        ("Scale &amp; Trade-offs", "10"),
        ("Wrap Up", "5"),
    ]


def test_reading_the_front_page_makes_no_guest(client):
    client.get("/")

    assert "sessionid" not in client.cookies


def test_who_has_no_interview_yet_is_welcomed_like_a_stranger(front_page):
    assert "Enter the room" in front_page()


@pytest.mark.parametrize(
    ("status", "clock"),
    [
        ("open", "Its clock has not started."),
        ("running", "Its clock is running."),
        ("paused", "It is paused."),
    ],
)
def test_an_unfinished_interview_comes_first(ann, front_page, status, clock):
    interview = sat(ann, status, hours_ago=3)
    sat(ann, "finished")

    html = front_page()

    assert f'href="{interview.get_absolute_url()}">Continue</a>' in html
    assert clock in html
    assert "Past attempts (1)" in html


def test_after_a_finished_interview_the_next_one_is_offered(ann, front_page):
    interview = sat(ann, "finished")

    html = front_page()

    assert "Enter the room" in html
    assert f'href="{interview.get_absolute_url()}"' in html


def test_someone_elses_interview_is_not_seen(ann, front_page):
    sat(User.objects.create_user("Bob"), "running")

    assert "Continue" not in front_page()


def studied(owner: User, count: int, days_ago: int) -> None:
    """So many cards, each answered twice in one sitting: by now they are due again."""
    at = timezone.now() - timedelta(days=days_ago)
    for key in content_keys(count):
        for minutes in (0, 10):
            moment = at + timedelta(minutes=minutes)
            answer(owner, Answer(f"{key}:{minutes}", key, 3, moment), moment)


def first_step(html: str) -> str:
    """What the one button says."""
    return re.search(r'class="(?:button )?primary enter"[^>]*>([^<]+)<', html)[1]


def test_a_stranger_may_flip_cards(client):
    assert '<a href="/cards/browse/">Flip cards</a>' in client.get("/").content.decode()


def test_cards_that_are_due_are_the_next_step(ann, front_page):
    studied(ann, 2, days_ago=9)
    sat(ann, "finished")

    html = front_page()

    assert "<h1>2 cards come back today.</h1>" in html
    assert first_step(html) == "Study now"


def test_an_unfinished_interview_goes_before_cards_that_are_due(ann, front_page):
    studied(ann, 1, days_ago=9)
    sat(ann, "running")

    html = front_page()

    assert first_step(html) == "Continue"
    assert '<a href="/cards/">One card comes back today</a>' in html


@pytest.mark.parametrize(("days", "step"), [(0, "Open it"), (1, "Open it"), (2, "Enter the room")])
def test_the_last_hours_are_for_the_quick_reference(ann, front_page, days, step):
    studied(ann, 1, days_ago=0)
    prefer(ann, interview_on=day_of(clock.now(), 0) + timedelta(days=days))

    assert first_step(front_page()) == step


@pytest.mark.parametrize(("days", "step"), [(0, "Open it"), (1, "Study now")])
def test_cards_that_are_due_give_way_to_it_on_the_day_itself(ann, front_page, days, step):
    studied(ann, 1, days_ago=9)
    prefer(ann, interview_on=day_of(clock.now(), 0) + timedelta(days=days))

    html = front_page()

    assert first_step(html) == step
    assert "One card comes back today" in html


def test_who_answered_a_card_only_is_no_stranger(ann, front_page):
    studied(ann, 1, days_ago=0)

    html = front_page()

    assert "Sit the next interview." in html
    assert first_step(html) == "Enter the room"
    assert "new cards today" in html


def test_a_finished_interview_with_answers_is_to_be_redone(ann, front_page):
    Sitting(ann).sit()

    assert "Answer the weakest moments again." in front_page()


def test_the_interviews_date_is_asked_once(ann, client):
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    sat(ann, "finished")
    assert "When is your interview?" in client.get("/").content.decode()

    client.post("/cards/interview/", {"none": "1", "next": "/"})

    assert "When is your interview?" not in client.get("/").content.decode()


def test_with_a_date_the_days_are_counted_and_today_is_named(ann, client):
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    sat(ann, "finished")
    now = timezone.now() - timedelta(hours=4)  # where a day of study begins
    client.post("/cards/interview/", {"interview_on": f"{now + timedelta(days=2):%Y-%m-%d}"})

    html = client.get("/").content.decode()

    assert "Interview in 2 days. Today: no cards, one mock interview." in html
    assert 'href="/cards/plan/"' in html
    assert preferences(ann).interview_asked
