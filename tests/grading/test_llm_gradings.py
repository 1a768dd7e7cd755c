"""A grading by the language model, with the offline grade to fall back on."""

import json
from collections import Counter
from datetime import timedelta

import pytest

from tests.grading.answers import GOOD, OTHER, attempt, someone
from tests.grading.model import KEY, Model, fails, good, ids_of, unplugs
from trainer.accounts.models import User
from trainer.grading import running, selectors, services, tasks
from trainer.grading.llm import client
from trainer.grading.llm.prompt import PROMPT_VERSION
from trainer.grading.models import Grading, Judged, Spent
from trainer.lib import clock

FIRST = attempt(GOOD).answers[0].points[0].id
QUOTE = "Celebrities with more than 100K followers are pulled at read time"


def work_off(grading: Grading) -> Grading:
    """As workers do: until nothing is left of it."""
    while running.work(grading.id):
        pass
    grading.refresh_from_db()
    return grading


def asked(*texts: str) -> Grading:
    return services.request("drill:abc:1", attempt(*texts), someone())


def topics(model: Model) -> Counter[str]:
    return Counter(ids_of(each)[0].partition(".")[0] for each in model.asked)


def test_the_grade_names_model_prompt_and_rubric(model: Model):
    model.quotes = {FIRST: QUOTE}
    grade = work_off(asked(GOOD)).grade
    assert (grade.grader, grade.model, grade.prompt) == ("llm", "stub-1", PROMPT_VERSION)
    assert (grade.rubric, grade.fell_back) == (selectors.rubric_of("twitter"), "")
    assert grade.best[FIRST].quote.text == QUOTE


def test_unplugged_in_the_middle_it_is_offline_and_labelled_and_later_made_good(model: Model):
    model.quotes = {FIRST: QUOTE}
    model.plan.extend([good, unplugs])
    grading = asked(GOOD, OTHER)
    offline = work_off(grading).grade
    assert (grading.state, grading.done, offline.grader) == ("done", 2, "offline")
    assert offline.fell_back.startswith("The language model")
    assert "This is the offline grade. Grade it again in a few minutes." in offline.fell_back
    assert services.may_repeat(grading)

    model.plug_in()
    services.again(grading)
    again = work_off(grading).grade
    assert (again.grader, again.fell_back) == ("llm", "")
    assert Grading.objects.get() == grading
    assert topics(model) == {"t1": 1, "t2": 2}  # what was answered is not asked again
    assert not services.may_repeat(grading)


def test_what_a_task_has_no_time_for_is_left_to_the_next(model: Model, monkeypatch):
    monkeypatch.setattr(running, "TASK_S", client.ANSWER_S - 1)
    grading = asked(GOOD, OTHER)
    assert running.work(grading.id)
    grading.refresh_from_db()
    assert (grading.state, grading.done, grading.tries) == ("queued", 1, 0)
    assert work_off(grading).grade.grader == "llm"
    assert topics(model) == {"t1": 1, "t2": 1}


def test_a_budget_that_is_used_up_gives_the_offline_grade_and_says_when(model: Model, settings):
    settings.GRADER_CALLS_A_DAY = 1
    grade = work_off(asked(GOOD, OTHER)).grade
    assert grade.grader == "offline"
    assert "used your 1 call" in grade.fell_back
    assert grade.fell_back.endswith("Grade it again tomorrow.")


def test_an_offline_grade_may_be_repeated_once_there_is_a_model(model: Model, settings):
    settings.GRADER_MODEL = ""
    grading = work_off(asked(GOOD))
    assert grading.grade.grader == "offline"
    settings.GRADER_MODEL = "stub-1"
    assert services.may_repeat(grading)
    services.again(grading)
    assert work_off(grading).grade.grader == "llm"


def test_no_key_and_no_address_is_taken_along(model: Model, client_of):
    model.plan.append(fails(401, f"Incorrect API key: {KEY}"))
    grading = work_off(asked(GOOD))
    assert grading.grade.fell_back.startswith("The language model's server refused the request.")
    download = client_of(grading.owner).get("/you/data/").text
    for secret in (KEY, model.url, model.url.removeprefix("http://").removesuffix("/v1")):
        assert secret not in download
        assert secret not in json.dumps(grading.graded)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENAI_API_KEY", "sk-\N{EURO SIGN}uro"),
        ("OPENAI_BASE_URL", "http://a..b/v1"),
        ("OPENAI_BASE_URL", "http://[v1.x]/v1"),
    ],
)
def test_a_key_or_an_address_that_cannot_be_sent_gives_the_offline_grade(
    model: Model, settings, caplog, name: str, value: str
):
    setattr(settings, name, value)
    grading = work_off(asked(GOOD))
    assert (grading.state, grading.grade.grader) == ("done", "offline")
    assert "should check the settings of the model" in grading.grade.fell_back
    assert value not in caplog.text + grading.grade.fell_back


def test_what_was_said_long_ago_is_forgotten(model: Model):
    work_off(asked(GOOD))
    tasks.forget_old()
    assert Judged.objects.exists()
    Judged.objects.update(judged_at=clock.now() - tasks.KEPT)
    today = Spent.objects.filter(day=clock.now().date())
    assert today.count() == 2
    today.filter(owner=None).update(day=clock.now().date() - tasks.KEPT - timedelta(days=1))
    tasks.forget_old()
    assert not Judged.objects.exists()
    assert [row.owner is None for row in Spent.objects.all()] == [False]


@pytest.fixture
def client_of(client):
    def signed_in(person: User):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
