"""What a report says of the labs: which bear it out, and what they measured."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tests.interviews.sitting import Sitting
from tests.lab.runs import SLUG, give_all, runs_as, someone, the_lab
from trainer.accounts.models import User
from trainer.catalog.packs import get_pack
from trainer.interviews.models import Interview
from trainer.interviews.report import appendices
from trainer.interviews.report.topics import topics
from trainer.lab import running, services
from trainer.lab.models import Attempt, Run
from trainer.lab.proofs import appendix, in_order, kept_runs, proofs_of
from trainer.lab.showing.amounts import shown
from trainer.lib import clock

pytestmark = pytest.mark.django_db
NOVEMBER = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def user() -> User:
    return someone("candidate")


@pytest.fixture
def visitor(client: Client, user: User) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def short(user: User) -> Interview:
    return Sitting(user, "8").sit().interview


def report(visitor: Client, interview: Interview) -> str:
    return visitor.get(reverse("interviews:report", args=[interview.id])).text


def export(visitor: Client, interview: Interview) -> str:
    return visitor.get(reverse("interviews:export", args=[interview.id])).text


def section(page: str, anchor: str) -> str:
    return page.partition(f'<section id="{anchor}"')[2].partition("</section>")[0]


def labs_linked(html: str, interview: Interview) -> set[str]:
    return set(re.findall(rf'"/lab/twitter/([a-z-]+)/\?interview={interview.id}"', html))


def words(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", "", html).split()))


def measured(
    interview: Interview | None,
    owner: User,
    *,
    lab: str = SLUG,
    predicted: float | None = 1000,
    figure: float = 99_999,
    at: datetime = NOVEMBER,
) -> Attempt:
    """An attempt whose first run is done."""
    attempt = Attempt.objects.create(
        owner=owner,
        pack="twitter",
        lab=lab,
        interview=interview,
        predicted=predicted,
        predicted_at=at,
        used_at=at,
        measured=figure,
        measured_at=at,
    )
    Run.objects.create(
        attempt=attempt,
        queue="lab",
        is_timing=False,
        queued_at=at,
        state=Run.State.DONE,
        result={"figures": {each.id: figure for each in the_lab().figures}, "blocks": []},
    )
    return attempt


def test_each_topic_and_mistake_links_the_labs_that_bear_it_out(visitor: Client, user: User):
    sitting, pack = Sitting(user, "45").sit(), get_pack("twitter")
    page = report(visitor, sitting.interview)
    decisions = {decision.id for decision in pack.trade_offs.decisions}
    seen = topics(sitting.state, pack)
    assert {topic.kind for topic in seen} == {"dive", "trap", "trade_off"}
    for topic in seen:
        ids = decisions if topic.kind == "trade_off" else {topic.id}
        expected = {lab.slug for lab in pack.labs if ids & set(lab.proves)}
        assert labs_linked(section(page, topic.anchor), sitting.interview) == expected
    mistakes = {mistake.id for mistake in pack.mistakes}
    expected = {lab.slug for lab in pack.labs if mistakes & set(lab.proves)}
    assert expected
    assert labs_linked(section(page, "mistakes"), sitting.interview) == expected


def test_the_running_room_names_no_lab(visitor: Client, user: User):
    running = Sitting(user, "8").say("How many daily active users do we have?").interview
    room = visitor.get(reverse("interviews:room", args=[running.id])).text
    assert "/lab/" not in room
    assert "Prove it" not in room


def test_a_whole_report_asks_once_for_the_labs(
    user: User, short: Interview, django_assert_num_queries
):
    for lab in get_pack("twitter").labs[:3]:
        measured(short, user, lab=lab.slug)
    with django_assert_num_queries(1):
        found = proofs_of(short)
    assert sum(proof.kept is not None for proofs in found.values() for proof in proofs) >= 3


def test_each_decision_of_the_trade_off_has_its_own_line(visitor: Client, user: User):
    pack = get_pack("twitter")
    lines = section(report(visitor, Sitting(user, "45").sit().interview), "trade_off-steps")
    for decision in pack.trade_offs.decisions:
        titles = [lab.title for lab in in_order(pack) if decision.id in lab.proves]
        assert titles
        assert f"Prove it ({decision.title}): {'; '.join(titles)}" in words(lines)


def test_a_run_is_quoted_in_the_report_and_in_its_export(
    visitor: Client, user: User, short: Interview
):
    attempt = measured(short, user)
    unit = the_lab().predicted_figure.unit
    said, found = f"you predicted {shown(1000, unit)}", f"the lab computed {shown(99_999, unit)}"
    page = report(visitor, short)
    assert f"{the_lab().title}: {said}; {found} on 23 November 2026." in words(page)
    assert reverse("lab:one_run", args=[attempt.runs.get().id]) in page
    text = export(visitor, short)
    assert text.endswith(
        f"## From the lab\n\n- {the_lab().title}: {said}; {found} on 23 November 2026.\n"
    )


def test_what_was_measured_is_told_from_what_was_computed(user: User, short: Interview):
    pack = get_pack("twitter")
    lab = next(lab for lab in pack.labs if lab.predicted_figure.origin == "measured")
    measured(short, user, lab=lab.slug)
    assert kept_runs(short)[lab.slug].found.startswith("the lab measured 99,999")


def test_no_idea_is_quoted_as_such(user: User, short: Interview):
    measured(short, user, predicted=None)
    assert kept_runs(short)[SLUG].said == "you had no idea"


def test_the_newest_attempt_stands_in_the_report(user: User, short: Interview):
    measured(short, user, figure=1, at=NOVEMBER.replace(day=24))
    measured(short, user, figure=2, at=NOVEMBER)
    kept = kept_runs(short)[SLUG]
    assert kept.at.day == 24
    assert kept.found == f"the lab computed {shown(1, the_lab().predicted_figure.unit)}"


def test_only_what_was_run_for_this_interview_is_beside_it(
    visitor: Client, user: User, short: Interview
):
    measured(None, user)
    measured(short, someone("other"))
    measured(short, user, lab="a-lab-that-is-gone")
    assert kept_runs(short) == {}
    assert "## From the lab" not in export(visitor, short)
    assert "a-lab-that-is-gone" not in report(visitor, short)


def test_an_attempt_without_a_figure_is_not_quoted(user: User, short: Interview):
    services.predict(
        user.pk, "twitter", the_lab(), typed="1", value=1.0, interview=short, now=clock.now()
    )
    assert kept_runs(short) == {}
    assert appendix(short) == []


def test_a_lab_opened_from_the_report_is_run_beside_it(
    visitor: Client, user: User, short: Interview, monkeypatch
):
    runs_as(monkeypatch, give_all)
    page = visitor.get(f"/lab/twitter/{SLUG}/?interview={short.id}").text
    assert f'name="interview" value="{short.id}"' in page
    assert reverse("interviews:report", args=[short.id]) in page
    visitor.post(f"/lab/twitter/{SLUG}/predict/", {"value": "5", "interview": short.id})
    attempt = Attempt.objects.get()
    assert attempt.interview == short
    assert (
        reverse("interviews:report", args=[short.id]) in visitor.get(f"/lab/twitter/{SLUG}/").text
    )
    running_of(attempt)
    assert f"the lab computed {shown(10, the_lab().predicted_figure.unit)}" in words(
        report(visitor, short)
    )


def running_of(attempt: Attempt) -> None:
    run = services.start(attempt, the_lab(), {}, clock.now())
    assert running.work(run.queue)


def test_a_lab_under_way_is_kept_beside_the_report_from_which_it_is_run_again(
    visitor: Client, user: User, short: Interview
):
    attempt = measured(None, user)
    page = visitor.get(f"/lab/twitter/{SLUG}/?interview={short.id}").text
    assert f'name="interview" value="{short.id}"' in page
    assert reverse("interviews:report", args=[short.id]) in page
    assert kept_runs(short) == {}
    visitor.post(f"/lab/twitter/{SLUG}/run/", {"interview": short.id, **defaults()})
    attempt.refresh_from_db()
    assert attempt.interview == short
    later = Sitting(user, "8").sit().interview
    visitor.post(f"/lab/twitter/{SLUG}/run/", {"interview": later.id, **defaults()})
    assert kept_runs(later) == {}


def defaults() -> dict[str, object]:
    return {control.id: control.default for control in the_lab().controls}


@pytest.mark.parametrize("id_", ["", "another's", "running", "a/b", "\0", "x" * 40])
def test_no_interview_but_a_finished_one_of_ones_own_is_named(
    id_: str, visitor: Client, user: User
):
    asked = id_
    if id_ == "another's":
        asked = Sitting(someone("other"), "8").sit().interview.id
    elif id_ == "running":
        asked = Sitting(user, "8").interview.id
    page = visitor.get(f"/lab/twitter/{SLUG}/", {"interview": asked})
    assert page.status_code == 200
    assert "/report/" not in page.text
    visitor.post(f"/lab/twitter/{SLUG}/predict/", {"value": "5", "interview": asked})
    assert Attempt.objects.get().interview is None
    assert "/report/" not in visitor.get(f"/lab/twitter/{SLUG}/", {"interview": asked}).text


def test_two_appendices_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Two appendices are called 'labs'"):
        appendices.register("labs", appendix)
