"""What a person takes along of the labs."""

import json

import pytest

from tests.lab.runs import give_all, queued, runs_as, someone, the_lab
from trainer.lab import running
from trainer.lab.blocks import Note
from trainer.lab.stage import Stage

pytestmark = pytest.mark.django_db


def test_the_download_holds_predictions_inputs_and_figures_but_no_blocks(client, monkeypatch):
    def shows(stage: Stage) -> None:
        stage.show(Note("seen", "What was seen", "Ten of them."))
        give_all(stage)

    runs_as(monkeypatch, shows)
    owner = someone("a")
    assert running.work(queued(owner).queue)
    queued(someone("b"))
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    taken = client.get("/you/data/")
    (attempt,) = json.loads(taken.content)["labs"]
    (run,) = attempt["runs"]
    assert (attempt["lab"], attempt["predicted"], attempt["measured"]) == (the_lab().slug, 100, 10)
    assert run["values"] == {control.id: control.default for control in the_lab().controls}
    assert run["figures"] == {figure.id: 10 for figure in the_lab().figures}
    assert "Ten of them." not in taken.text


def test_a_run_without_figures_is_taken_along_too(client):
    owner = someone("a")
    queued(owner)
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    (attempt,) = client.get("/you/data/").json()["labs"]
    assert [(run["state"], run["figures"]) for run in attempt["runs"]] == [("queued", None)]
