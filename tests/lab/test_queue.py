"""Which run goes next, and what becomes of one whose worker is gone."""

from datetime import timedelta

import pytest

from tests.lab.runs import give_all, queued, runs_as, someone
from trainer.lab import queue, services
from trainer.lab.models import Run
from trainer.lab.queue import ORDINARY, SANDBOX
from trainer.lab.stage import LabError
from trainer.lib import clock

pytestmark = pytest.mark.django_db
NOW = clock.now()


def test_the_oldest_goes_first_and_the_others_see_their_place():
    first, second = queued(someone("a")), queued(someone("b"))
    assert (queue.place(first), queue.place(second)) == (1, 2)
    assert queue.take(ORDINARY, NOW) == first
    assert queue.place(second) == 1
    assert queue.take(SANDBOX, NOW) is None


def test_what_measures_time_runs_alone(monkeypatch):
    plain = queued(someone("a"))
    runs_as(monkeypatch, give_all, timing=True)
    timing, behind = queued(someone("b")), queued(someone("c"))
    assert queue.take(ORDINARY, NOW) == plain
    assert queue.take(ORDINARY, NOW) is None  # it waits, and nobody overtakes it
    Run.objects.filter(pk=plain.pk).update(state=Run.State.DONE)
    assert queue.take(ORDINARY, NOW) == timing
    assert queue.take(ORDINARY, NOW) is None  # nothing starts beside it
    Run.objects.filter(pk=timing.pk).update(state=Run.State.DONE)
    assert queue.take(ORDINARY, NOW) == behind


def test_a_plain_run_does_not_overtake_one_that_measures_time(monkeypatch):
    plain = queued(someone("a"))
    runs_as(monkeypatch, give_all, timing=True)
    queued(someone("b"))
    monkeypatch.undo()
    queued(someone("c"))
    assert queue.take(ORDINARY, NOW) == plain
    assert queue.take(ORDINARY, NOW) is None


def test_a_run_whose_worker_is_gone_begins_again_once():
    run = queued(someone("a"))
    taken = queue.take(ORDINARY, NOW)
    later = NOW + queue.LEASE + timedelta(seconds=1)
    assert queue.lost(NOW + timedelta(seconds=5)) == []
    assert queue.lost(later) == [run.id]
    run.refresh_from_db()
    assert (run.state, run.said) == ("queued", queue.BEGINS_AGAIN)
    again = queue.take(ORDINARY, later)
    assert again.tries == 2
    assert not queue.renew(taken, later)  # the first worker, if it comes back, has lost it
    assert queue.renew(again, later)
    assert queue.lost(later + queue.LEASE + timedelta(seconds=1)) == [run.id]
    run.refresh_from_db()
    assert (run.state, run.error) == ("failed", queue.GAVE_UP)


def test_a_run_that_was_to_be_stopped_does_not_begin_again():
    run = queued(someone("a"))
    queue.take(ORDINARY, NOW)
    services.stop(run, NOW)
    queue.lost(NOW + queue.LEASE + timedelta(seconds=1))
    run.refresh_from_db()
    assert run.state == "stopped"


def test_a_run_of_a_sandbox_that_does_not_come_fails_and_holds_up_nobody():
    waiting, behind = queued(someone("a")), queued(someone("b"))
    Run.objects.filter(pk=waiting.pk).update(queue=SANDBOX, is_timing=True, queued_at=NOW)
    assert queue.take(ORDINARY, NOW) is None
    later = NOW + queue.WITHOUT_SANDBOX + timedelta(seconds=1)
    assert queue.not_taken(later, has_sandbox=True) == []
    assert queue.not_taken(later, has_sandbox=False) == [waiting.id]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == ("failed", queue.NOT_TAKEN)
    assert queue.take(ORDINARY, later) == behind


def test_too_many_runs_do_not_wait(monkeypatch):
    monkeypatch.setattr(queue, "MOST_WAITING", 2)
    for name in "ab":
        queued(someone(name))
    with pytest.raises(LabError, match="Too many runs wait already"):
        queued(someone("c"))
