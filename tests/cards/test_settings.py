"""The settings, and the interview's date."""

import pytest
import time_machine
from django.test import Client

from tests.cards.answering import NOON, content_keys, due
from trainer.accounts.models import User
from trainer.schedule.models import Preferences
from trainer.schedule.selectors import preferences

pytestmark = pytest.mark.django_db
FORM = {
    "percent": "95",
    "new_a_day": "7",
    "reviews_a_day": "150",
    "order": "new-first",
    "answers": "2",
    "interview_on": "2026-04-01",
    "utc_offset_min": "120",
}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def ann(client) -> User:
    ann = User.objects.create_user("Ann")
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    return ann


def saved(client: Client, **changed: str) -> str:
    response = client.post("/cards/settings/", FORM | changed)
    assert response.status_code == 422, response
    return response.content.decode()


def test_a_strangers_settings_make_a_guest_and_are_kept(client):
    response = client.post("/cards/settings/", FORM, follow=True)

    own = preferences(User.objects.get(is_guest=True))
    assert (own.retention, own.new_a_day, own.reviews_a_day) == (0.95, 7, 150)
    assert (own.order, own.answers, own.utc_offset_min) == ("new-first", 2, 120)
    assert (str(own.interview_on), own.interview_asked) == ("2026-04-01", True)
    html = response.content.decode()
    assert "Your settings are kept." in html
    assert 'value="95"' in html
    assert 'value="2026-04-01"' in html
    assert "comes 2.5 times as often as at 90%" in html


def test_looking_makes_no_guest(client):
    client.get("/cards/settings/")
    client.get("/cards/plan/")

    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"percent": "69"}, "Give a whole number from 70 to 97."),
        ({"percent": "98"}, "Give a whole number from 70 to 97."),
        ({"percent": "a lot"}, "Give a whole number from 70 to 97."),
        ({"new_a_day": "201"}, "Give a whole number from 0 to 200."),
        ({"new_a_day": "-1"}, "Give a whole number from 0 to 200."),
        ({"reviews_a_day": "2001"}, "Give a whole number from 0 to 2,000."),
        ({"reviews_a_day": ""}, "Give a whole number from 0 to 2,000."),
        ({"order": "backwards"}, "Choose one of the three orders."),
        ({"answers": "3"}, "Choose two or four."),
        ({"interview_on": "soon"}, "This is no date."),
        (
            {"interview_on": "2026-03-11"},
            "on 11 March 2026 would be over. Give a day from 12 March",
        ),
        ({"interview_on": "2028-01-01"}, "more than a year ahead. Give a day until 13 March 2027"),
    ],
)
def test_what_is_out_of_bounds_is_refused_with_the_bounds(client, ann, changed, sentence):
    html = saved(client, **changed)

    assert sentence in html
    assert not Preferences.objects.exists()


def test_what_was_typed_is_still_there_after_a_refusal(client, ann):
    assert 'value="201"' in saved(client, new_a_day="201")


def test_a_date_that_is_over_by_now_does_not_stop_other_settings(client, ann):
    Preferences.objects.create(owner=ann, interview_on="2026-03-01")

    client.post("/cards/settings/", FORM | {"interview_on": "2026-03-01"})

    assert preferences(ann).new_a_day == 7


@pytest.mark.parametrize("offset", ["", "abc", "100000"])
def test_an_offset_that_cannot_be_leaves_the_one_there_was(client, ann, offset):
    Preferences.objects.create(owner=ann, utc_offset_min=60)

    client.post("/cards/settings/", FORM | {"utc_offset_min": offset})

    assert preferences(ann).utc_offset_min == 60


def test_no_date_is_an_answer(client, ann):
    response = client.post("/cards/interview/", {"none": "1", "next": "/"})

    assert response["Location"] == "/"
    assert preferences(ann).interview_asked
    assert preferences(ann).interview_on is None


def test_a_date_leads_to_the_plan(client, ann):
    response = client.post("/cards/interview/", {"interview_on": "2026-03-18"})

    assert response["Location"] == "/cards/plan/"
    html = client.get("/cards/plan/").content.decode()
    assert "Interview in 6 days, on Wednesday, 18 March." in html


@pytest.mark.parametrize(
    ("day", "sentence"), [("", "Give the day of the interview"), ("2026-03-11", "would be over")]
)
def test_a_date_that_cannot_be_kept_comes_back_with_a_sentence(client, ann, day, sentence):
    response = client.post("/cards/interview/", {"interview_on": day})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Preferences.objects.exists()


def test_the_plan_says_what_is_left_over_and_raises_the_limit(client, ann):
    Preferences.objects.create(owner=ann, interview_on="2026-03-22", new_a_day=1)
    html = client.get("/cards/plan/").content.decode()
    assert "With 1 new card a day" in html

    enough = html.split('name="new_a_day" value="')[1].split('"')[0]
    response = client.post("/cards/settings/new-a-day/", {"new_a_day": enough}, follow=True)

    assert preferences(ann).new_a_day == int(enough)
    assert "will not be met" not in response.content.decode()


@pytest.mark.parametrize("wanted", ["201", "-1", "x", "9" * 5000])
def test_a_limit_out_of_bounds_is_not_kept(client, ann, wanted):
    client.post("/cards/settings/new-a-day/", {"new_a_day": wanted})

    assert not Preferences.objects.exists()


def test_the_plan_counts_what_is_due_on_its_day(client, ann):
    Preferences.objects.create(owner=ann, interview_on="2026-03-17", new_a_day=0)
    for key, days in zip(content_keys(4), [-3, 0, 1, 1], strict=True):
        due(ann, key, days)

    html = client.get("/cards/plan/").content.decode()

    assert "Today: 2 cards, about 1 minute." in html
    assert '<span class="weekday">Fri </span>13 Mar</th><td class="num">2</td>' in html


def test_after_the_interview_the_next_date_is_asked(client, ann):
    Preferences.objects.create(owner=ann, interview_on="2026-03-01")

    html = client.get("/cards/plan/").content.decode()

    assert "Your interview was on 1 March 2026. How did it go?" in html
    assert "Is there a next one?" in html
