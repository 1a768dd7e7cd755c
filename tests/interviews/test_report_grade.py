"""The grade in the report: asked for at the end, shown by progress, overruled, repeated."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.interviews.sitting import HOSTILE, Sitting
from trainer.accounts.models import User
from trainer.grading import running
from trainer.grading.models import Grading
from trainer.interviews import commands as cmd
from trainer.interviews.grade import overrules
from trainer.interviews.grade.error import measured_error
from trainer.interviews.models import Interview

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def user() -> User:
    return User.objects.create_user("candidate", password="pass-word-12345")


@pytest.fixture
def visitor(client: Client, user: User) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def sat(user: User) -> Sitting:
    return Sitting(user, "45").sit()


@pytest.fixture
def graded(sat: Sitting) -> Sitting:
    assert running.work(Grading.objects.get().id)
    return sat


def url(name: str, sitting: Sitting) -> str:
    return reverse(f"interviews:{name}", args=[sitting.interview.id])


def test_the_end_asks_for_the_grade_and_the_report_does_not_wait_for_it(
    visitor: Client, sat: Sitting
) -> None:
    grading = Grading.objects.get()
    assert (grading.subject, grading.owner) == (f"interview:{sat.interview.id}", sat.user)
    page = visitor.get(url("report", sat)).text
    assert "2 of 7" in re.sub(r"</?span>|\s+", " ", page).replace("  ", " ")
    assert "grading-progress" in page
    assert "data-band" not in page
    polled = visitor.get(url("grade", sat), headers=HX)
    assert "data-graded" in polled.text
    assert "HX-Retarget" not in polled
    assert visitor.get(url("grade", sat))["Location"] == url("report", sat) + "#grade"
    assert Grading.objects.count() == 1


def test_where_nobody_asked_the_report_does_once(visitor: Client, sat: Sitting) -> None:
    Grading.objects.all().delete()
    for _ in range(2):
        assert visitor.get(url("report", sat)).status_code == 200
    assert Grading.objects.count() == 1


def test_a_text_too_long_to_grade_still_ends_and_has_a_report(visitor: Client, user: User) -> None:
    sitting = Sitting(user, "8")
    for i in range(11):
        sitting.at(5 + i).say(f"{i} " + "word " * 3_900)
    sitting.at(490).do(cmd.Finish())
    assert not Grading.objects.exists()
    assert "its text is too long" in visitor.get(url("report", sitting)).text


def test_the_report_has_verdict_signals_and_every_quote_leads_to_its_words(
    visitor: Client, graded: Sitting
) -> None:
    polled = visitor.get(url("grade", graded), headers=HX)
    assert polled["HX-Retarget"] == "#report-body"
    page = visitor.get(url("report", graded)).text
    assert 'data-band="' in page
    assert page.count('data-signal="') == 5
    assert page.count("data-score=") == 5
    assert "Best moment" in page
    assert "Costliest gap" in page
    assert measured_error(None) in page
    marked = set(re.findall(r'<mark id="(said-\d+-\d+)"', page))
    linked = set(re.findall(r'href="[^"]*#(said-\d+-\d+)"', page))
    assert linked
    assert linked <= marked  # what only a signal counts is marked too
    assert "Not found" in page


def test_a_drill_or_lab_to_train_next_can_be_opened(visitor: Client, graded: Sitting) -> None:
    page = visitor.get(url("report", graded)).text
    _, _, after = page.partition('<ul class="train">')
    links = re.findall(r'href="([^"]+)"', after.partition("</ul>")[0])
    assert 1 <= len(links) <= 3
    for link in links:
        assert visitor.get(link.replace("&amp;", "&")).status_code == 200


def test_a_check_changes_the_grade_beside_the_machines(visitor: Client, graded: Sitting) -> None:
    trap = next(t for t in graded.state.spoken() if t.startswith("trap:")).removeprefix("trap:")
    form = {"point": f"{trap}.1", "covered": "1", "group": f"trap-{trap}"}
    answer = visitor.post(url("check", graded), form, headers=HX).text
    assert '<section id="grade"' in answer
    assert '<section id="signals"' in answer
    assert answer.count("hx-swap-oob") >= 2
    assert "Not found" in answer
    assert "1 by your own" in answer


@pytest.fixture
def ada() -> Iterator[None]:
    def provider(_: Interview) -> list[tuple[str, str, bool, datetime]]:
        return [("Ada", "t1.4", False, datetime.now(UTC)), ("Ada", "zz.9", True, datetime.now(UTC))]

    overrules.register(provider)
    overrules.register(provider)
    yield
    overrules._providers.remove(provider)


def test_an_interviewers_word_counts_and_is_shown(
    visitor: Client, graded: Sitting, ada: None
) -> None:
    page = visitor.get(url("report", graded)).text
    assert page.count("<b>Ada</b>: not covered.") == page.count('id="text-dive-db-t1.4"') + (
        page.count('id="text-trap-t1-t1.4"')
    )
    assert "The interviewer&#x27;s word counts" in page or "interviewer's word counts" in page
    assert "Ada: not covered" in visitor.get(url("export", graded)).content.decode()


def test_a_grade_by_an_older_rubric_stays_until_the_new_one_is_there(
    visitor: Client, graded: Sitting
) -> None:
    Grading.objects.update(rubric="of-last-year")
    page = visitor.get(url("report", graded)).text
    assert "which has changed since" in page
    assert "Grade again" in page
    assert visitor.post(url("grade", graded)).status_code == 302
    assert visitor.post(url("grade", graded), headers=HX).status_code == 200
    assert Grading.objects.count() == 2
    page = visitor.get(url("report", graded)).text
    assert 'data-band="' in page
    assert "grading-progress" in page
    assert running.work(Grading.objects.get(state="queued").id)
    page = visitor.get(url("report", graded)).text
    assert "which has changed since" not in page
    assert "Grade again" not in page


def test_a_failed_grading_says_so_and_is_asked_for_again(visitor: Client, sat: Sitting) -> None:
    Grading.objects.update(state="failed", trouble="The grading was cut off.")
    page = visitor.get(url("report", sat)).text
    assert "The grading was cut off." in page
    assert "Grade again" in page
    visitor.post(url("grade", sat))
    assert Grading.objects.get().state == "queued"


def test_a_grade_that_fell_back_says_so_and_may_be_repeated(
    visitor: Client, graded: Sitting, settings
) -> None:
    grading = Grading.objects.get()
    assert grading.graded
    grading.graded["fell_back"] = "The language model did not answer."
    grading.save()
    settings.GRADER_MODEL = "a-model"
    page = visitor.get(url("report", graded)).text
    assert "The language model did not answer." in page
    assert "Graded offline" in page
    assert "Grade again" in page


def test_what_was_typed_stays_inert_where_it_is_quoted(visitor: Client, user: User) -> None:
    said = "We pull celebrities at read time and push everybody else <script>alert(1)</script>."
    sitting = Sitting(user, "8").say(HOSTILE).at(200).move().say(said).at(300).do(cmd.Finish())
    assert running.work(Grading.objects.get().id)
    page = visitor.get(url("report", sitting)).text
    assert "<mark" in page
    assert "<script>alert" not in page


def test_fine_gets_the_minimum_on_the_page(visitor: Client, user: User) -> None:
    sitting = Sitting(user, "45").say("fine")
    for phase in range(1, 5):
        sitting.at(sitting.state.plan.ends_s[phase - 1]).move().say("fine")
    sitting.at(2_690).do(cmd.Finish())
    assert running.work(Grading.objects.get().id)
    page = visitor.get(url("report", sitting)).text
    assert page.count('data-score="1"') == 5
    assert 'data-band="strong-no"' in page
    assert "Best moment" not in page
    assert "nothing to grade" in page


def test_the_export_has_the_grade_and_the_words(visitor: Client, graded: Sitting) -> None:
    text = visitor.get(url("export", graded)).content.decode()
    for expected in ("## Grade", "**Communication and pacing:", "grader: covered", "Best moment:"):
        assert expected in text


def test_another_person_gets_nothing(client: Client, graded: Sitting) -> None:
    client.force_login(
        User.objects.create_user("other", password="pass-word-12345"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert client.get(url("grade", graded), headers=HX).status_code == 404
    assert client.post(url("grade", graded)).status_code == 404
