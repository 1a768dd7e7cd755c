"""A run from its queue to its end, with everything that may come between."""

import pytest
from django.db import OperationalError

from tests.lab.runs import give_all, predicted, queued, runs_as, someone, the_lab
from trainer.lab import overlays, queue, running, services
from trainer.lab.blocks import Note
from trainer.lab.models import Attempt, Run
from trainer.lab.stage import LabError, Stage
from trainer.lib import clock
from trainer.twitter import api

pytestmark = pytest.mark.django_db


def done(run: Run) -> Run:
    """After its worker has had it."""
    assert running.work(run.queue)
    run.refresh_from_db()
    return run


def test_a_run_ends_with_its_figures_and_blocks(monkeypatch):
    def shows(stage: Stage) -> None:
        stage.say("Counting", 0.5)
        stage.show(Note("seen", "What was seen", "Ten."))
        give_all(stage)

    runs_as(monkeypatch, shows)
    run = done(queued(someone("a")))
    assert (run.state, run.share, run.error) == ("done", 1.0, "")
    assert set(run.result["figures"].values()) == {10.0}
    assert [block["type"] for block in run.result["blocks"]] == ["note"]
    assert Attempt.objects.get(pk=run.attempt_id).measured == 10.0


def test_the_prediction_is_compared_with_the_first_run_alone(monkeypatch):
    runs_as(monkeypatch, give_all)
    attempt = done(queued(someone("a"))).attempt
    runs_as(monkeypatch, lambda stage: [stage.figure(f.id, 77) for f in the_lab().figures])
    again = done(services.start(attempt, the_lab(), {}, clock.now()))
    assert set(again.result["figures"].values()) == {77.0}
    attempt.refresh_from_db()
    assert attempt.measured == 10.0


def test_what_a_lab_refuses_is_told_and_what_breaks_is_logged(monkeypatch, caplog):
    def refuses(stage: Stage) -> None:
        raise LabError("There is no celebrity here: choose another account.")

    runs_as(monkeypatch, refuses)
    run = done(queued(someone("a")))
    assert (run.state, run.error) == (
        "failed",
        "There is no celebrity here: choose another account.",
    )
    assert not caplog.records

    def breaks(stage: Stage) -> None:
        raise ZeroDivisionError("secret")

    runs_as(monkeypatch, breaks)
    run = done(queued(someone("b")))
    assert (run.state, run.error) == ("failed", running.OURS)
    assert "ZeroDivisionError" in caplog.text


def test_a_run_that_lost_postgres_begins_again_when_its_lease_is_over(monkeypatch):
    def loses_postgres(stage: Stage) -> None:
        raise OperationalError("terminating connection")

    runs_as(monkeypatch, loses_postgres)
    run = done(queued(someone("a")))
    assert run.state == "running"
    assert queue.lost(clock.now() + queue.LEASE * 2) == [run.id]
    runs_as(monkeypatch, give_all)
    assert done(run).state == "done"


def test_a_run_that_is_stopped_ends_at_the_next_thing_it_tells(monkeypatch):
    def stopped_by_its_owner(stage: Stage) -> None:
        services.stop(Run.objects.get(), clock.now())
        stage.say("Going on", 0.1)
        stage.wait(0.3)
        stage.say("Never told", 0.9)

    runs_as(monkeypatch, stopped_by_its_owner)
    run = done(queued(someone("a")))
    assert run.state == "stopped"
    assert run.said != "Never told"


def test_a_run_that_waits_is_stopped_at_once():
    run = queued(someone("a"))
    services.stop(run, clock.now())
    run.refresh_from_db()
    assert run.state == "stopped"
    assert not running.work(run.queue)


def test_a_run_that_takes_too_long_is_ended_with_a_sentence(monkeypatch):
    runs_as(monkeypatch, lambda stage: stage.wait(5), most_s=0.1)
    run = done(queued(someone("a")))
    assert run.state == "failed"
    assert "longer than" in run.error


def test_a_result_that_is_too_large_is_refused(monkeypatch):
    def talks(stage: Stage) -> None:
        for number in range(200):
            stage.show(Note(f"n{number}", "Much", "x" * 4_000))

    runs_as(monkeypatch, talks)
    run = done(queued(someone("a")))
    assert run.state == "failed"
    assert "ask for less" in run.error


def test_a_worker_that_lost_its_run_does_not_write_its_end(monkeypatch):
    def lost_meanwhile(stage: Stage) -> None:
        Run.objects.update(tries=2)  # another worker took it
        give_all(stage)

    runs_as(monkeypatch, lost_meanwhile)
    run = done(queued(someone("a")))
    assert (run.state, run.result) == ("running", {})


def test_one_person_has_one_run_at_a_time():
    run = queued(someone("a"))
    with pytest.raises(LabError, match="You have a run going in this lab"):
        services.start(run.attempt, the_lab(), {}, clock.now())


def test_a_few_runs_are_kept_and_always_the_first_that_was_done(monkeypatch):
    runs_as(monkeypatch, give_all)
    attempt = predicted(someone("a"))
    runs = [done(services.start(attempt, the_lab(), {}, clock.now())) for _ in range(8)]
    kept = set(attempt.runs.values_list("number", flat=True))
    assert kept == {run.number for run in (runs[0], *runs[-services.KEPT_RUNS :])}


@pytest.mark.usefixtures("base")
def test_the_worlds_of_an_attempt_go_at_its_reset_and_when_nobody_uses_it(base):
    attempt = predicted(someone("a"))
    worlds = [overlays.make(attempt, base) for _ in range(2)]
    attempt.refresh_from_db()
    services.reset(attempt, clock.now())
    for world in worlds:
        with pytest.raises(api.errors.UnknownWorld):
            api.get_world(world.public_id)
    other = predicted(someone("b"))
    overlays.make(other, base)
    assert overlays.drop_idle(clock.now()) == 0
    assert overlays.drop_idle(clock.now() + overlays.IDLE * 1.1) == 1
    other.refresh_from_db()
    assert other.worlds == []


def test_whatever_a_stopped_run_meets_it_has_stopped(monkeypatch, caplog):
    def loses_its_world(stage: Stage) -> None:
        services.reset(Attempt.objects.get(), clock.now())
        raise api.errors.UnknownWorld("gone")

    runs_as(monkeypatch, loses_its_world)
    run = done(queued(someone("a")))
    assert (run.state, run.error) == ("stopped", queue.STOPPED)


def test_nothing_runs_in_an_attempt_that_was_reset_meanwhile():
    attempt = predicted(someone("a"))
    services.reset(attempt, clock.now())
    with pytest.raises(LabError, match="was reset, in another tab perhaps"):
        services.start(attempt, the_lab(), {}, clock.now())


def test_a_prediction_sent_twice_is_one_and_a_reset_closes_all():
    owner = someone("a")
    assert predicted(owner, 1.0) == predicted(owner, 2.0)
    attempt = Attempt.objects.get()
    Attempt.objects.create(
        owner=owner,
        pack=attempt.pack,
        lab=attempt.lab,
        predicted_at=clock.now(),
        used_at=clock.now(),
    )  # as after a merge of a guest into an account
    services.reset(attempt, clock.now())
    assert not Attempt.objects.filter(closed_at=None).exists()
