"""A lab's page and what is done on it, without a browser."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from tests.lab.runs import SLUG, give_all, runs_as, someone, the_lab
from trainer.accounts.models import User
from trainer.lab import running
from trainer.lab.models import Attempt, Run
from trainer.lab.queue import ORDINARY

pytestmark = pytest.mark.django_db
PAGE = f"/lab/twitter/{SLUG}/"
LIMITED = "was too often"


@pytest.fixture
def visitor(servers: None) -> Client:
    return Client()


def predict(client: Client, value: str = "1,000", **more: str) -> Any:
    return client.post(f"{PAGE}predict/", {"value": value, **more})


def run(client: Client, **given: str) -> Any:
    return client.post(f"{PAGE}run/", given, follow=True)


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_stranger_reads_the_lab_and_sees_no_figure(visitor):
    page = visitor.get(PAGE)
    assert page.status_code == HTTPStatus.OK
    assert the_lab().title in text(page)
    assert 'id="figures"' not in text(page)
    assert not Attempt.objects.exists()


def test_reading_leaves_no_guest_behind(visitor):
    for path in ("/lab/twitter/", PAGE, "/lab/intuition/", "/lab/twitter/what-stands-for-what/"):
        assert visitor.get(path).status_code == HTTPStatus.OK
    assert not User.objects.exists()
    assert not visitor.cookies.get("sessionid")


def test_a_prediction_is_committed_once_and_cannot_be_changed(visitor):
    assert predict(visitor, "1.5M").status_code == HTTPStatus.FOUND
    predict(visitor, "7")
    attempt = Attempt.objects.get()
    assert (attempt.predicted, attempt.predicted_text) == (1_500_000, "1.5M")


def test_no_idea_counts_as_an_answer(visitor):
    predict(visitor, "", no_idea="1")
    assert Attempt.objects.get().predicted is None
    assert run(visitor).status_code == HTTPStatus.OK
    assert Run.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "many", "-5", "1e999", "<b>1</b>"])
def test_a_prediction_that_is_no_number_is_told_and_kept_in_the_field(visitor, typed):
    page = predict(visitor, typed)
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "<b>1</b>" not in text(page)
    assert 'aria-invalid="true"' in text(page)
    assert not Attempt.objects.exists()


def test_nothing_runs_before_a_prediction(visitor):
    page = run(visitor)
    assert page.status_code == HTTPStatus.CONFLICT
    assert "Commit a prediction first" in text(page)
    assert not Run.objects.exists()


def test_the_first_run_has_the_default_inputs_whatever_is_sent(visitor, monkeypatch):
    runs_as(monkeypatch, give_all)
    predict(visitor)
    control = the_lab().controls[0]
    run(visitor, **{control.id: str(control.high)})
    assert Run.objects.get().values == {each.id: each.default for each in the_lab().controls}
    running.work(ORDINARY)
    run(visitor, **{control.id: str(control.high)})
    assert Run.objects.last().values[control.id] == control.high


def test_a_bad_input_is_told_and_what_was_typed_stays(visitor, monkeypatch):
    runs_as(monkeypatch, give_all)
    predict(visitor)
    run(visitor)
    running.work(ORDINARY)
    control = the_lab().controls[0]
    page = run(visitor, **{control.id: "-5"})
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "&#x27;-5&#x27; does not fit: give a" in text(page)
    assert 'value="-5"' in text(page)
    assert Run.objects.count() == 1


def test_break_it_sends_the_inputs_that_go_too_far(visitor, monkeypatch):
    runs_as(monkeypatch, give_all)
    predict(visitor)
    run(visitor)
    running.work(ORDINARY)
    run(visitor, **{"break": "1"})
    broken = Run.objects.last().values
    assert the_lab().breaks.values.items() <= broken.items()


def test_a_page_shows_the_queue_then_the_figures_and_the_comparison(visitor, monkeypatch):
    runs_as(monkeypatch, give_all)
    predict(visitor)
    page = run(visitor)
    live = f"/lab/runs/{Run.objects.get().id}/live/"
    assert 'http-equiv="refresh"' in text(page)  # for who has no script
    assert the_lab().figures[0].label not in text(visitor.get(live))
    running.work(ORDINARY)
    shown = text(visitor.get(live))
    assert the_lab().figures[0].label in shown
    assert the_lab().figures[0].origin in shown
    assert 'http-equiv="refresh"' not in text(visitor.get(PAGE))


def test_a_run_whose_worker_is_gone_says_so(visitor, monkeypatch):
    predict(visitor)
    run(visitor)
    Run.objects.update(state="running", lease_until="2020-01-01T00:00Z", tries=1)
    assert "worker" in text(visitor.get(f"/lab/runs/{Run.objects.get().id}/live/"))


def test_a_reset_begins_anew(visitor, monkeypatch):
    runs_as(monkeypatch, give_all)
    predict(visitor)
    run(visitor)
    running.work(ORDINARY)
    page = visitor.post(f"{PAGE}reset/", follow=True)
    assert 'id="figures"' not in text(page)
    assert the_lab().figures[0].label not in text(page)
    assert Attempt.objects.get().closed_at is not None
    predict(visitor, "7")
    assert Attempt.objects.count() == 2


def test_another_person_s_run_does_not_exist(visitor):
    predict(visitor)
    run(visitor)
    mine = f"/lab/runs/{Run.objects.get().id}/"
    other = Client()
    other.force_login(someone("other"), backend="django.contrib.auth.backends.ModelBackend")
    for client in (other, Client()):
        assert client.get(mine).status_code == HTTPStatus.NOT_FOUND
        assert client.get(f"{mine}live/").status_code == HTTPStatus.NOT_FOUND
        assert client.post(f"{mine}stop/").status_code == HTTPStatus.NOT_FOUND
    assert visitor.get(mine).status_code == HTTPStatus.OK


def test_who_runs_too_often_is_told_when_to_come_back(visitor, monkeypatch):
    runs_as(monkeypatch, give_all)
    predict(visitor)
    for _ in range(12):
        run(visitor)
        running.work(ORDINARY)
    page = run(visitor)
    assert page.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert LIMITED in text(page)


@pytest.mark.parametrize("path", ["/lab/nope/", "/lab/twitter/nope/", "/lab/runs/nope/"])
def test_what_is_not_there_is_a_404(visitor, path):
    assert visitor.get(path).status_code == HTTPStatus.NOT_FOUND
