"""Asking for a grade, who does it, and what becomes of one whose worker is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.grading.answers import GOOD, OTHER, attempt, someone
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User
from trainer.celery import app
from trainer.grading import queue, running, selectors, services, tasks
from trainer.grading.errors import AttemptTooLong
from trainer.grading.models import Grading
from trainer.lib import clock

pytestmark = pytest.mark.django_db
NOW = clock.now() + timedelta(hours=1)  # later than whatever a long run asks for before
SUBJECT = "drill:abc:1"


def asked(*texts: str, owner: User | None = None) -> Grading:
    return services.request(SUBJECT, attempt(*(texts or (GOOD,))), owner or someone())


def test_the_same_attempt_is_one_grading_and_another_is_another():
    ann = someone()
    first = asked(GOOD, owner=ann)
    assert asked(GOOD, owner=ann) == first
    second = asked(OTHER, owner=ann)
    assert {first, second, asked(GOOD, owner=someone("ben"))} == set(Grading.objects.all())
    assert selectors.grading_of(SUBJECT, ann) == second
    assert selectors.grading(first.id) == first
    assert selectors.grading_of("drill:other:1", ann) is None


def test_a_grading_goes_through_its_answers_to_a_grade():
    grading = asked(GOOD, OTHER)
    assert (grading.state, grading.done, grading.total) == ("queued", 0, 2)
    assert running.work(grading.id)
    grading.refresh_from_db()
    assert (grading.state, grading.done, grading.trouble) == ("done", 2, "")
    grade = grading.grade
    assert (grade.grader, grade.fell_back) == ("offline", "")
    assert grade.rubric == grading.rubric == selectors.rubric_of("twitter")
    assert [each.topic for each in grade.answers] == [
        each.topic for each in grading.attempt.answers
    ]


def test_a_task_that_runs_twice_has_one_effect():
    grading = asked()
    assert running.work(grading.id)
    grading.refresh_from_db()
    assert not running.work(grading.id)
    assert Grading.objects.get() == grading
    assert Grading.objects.get().finished_at == grading.finished_at
    assert not running.work("nothing-of-this")


def test_two_workers_do_not_have_it_at_once():
    grading = asked()
    mine = queue.take(grading.id, NOW)
    assert mine is not None
    assert queue.take(grading.id, NOW) is None
    queue.lost(NOW + queue.LEASE)
    assert queue.take(grading.id, NOW) is None


def test_what_a_gone_worker_left_is_begun_again_and_its_late_word_does_not_count():
    first = queue.take(asked().id, NOW)
    later = NOW + queue.LEASE + timedelta(seconds=1)
    queue.lost(later)
    assert queue.waiting(later) == [first.id]
    second = queue.take(first.id, later)
    assert second.tries == 2
    assert not queue.update(first, state="done")
    assert queue.update(second, done=1)


def test_a_grading_that_is_cut_off_each_time_fails_with_a_sentence():
    grading, now = asked(), NOW
    for _ in range(queue.MOST_TRIES):
        assert queue.take(grading.id, now)
        now += queue.LEASE + timedelta(seconds=1)
        queue.lost(now)
    grading.refresh_from_db()
    assert (grading.state, grading.trouble) == ("failed", queue.GAVE_UP)


def test_a_lease_outlives_every_task_and_ends_before_the_promise():
    visible = timedelta(seconds=app.conf.broker_transport_options["visibility_timeout"])
    assert timedelta(seconds=app.conf.task_time_limit) < queue.LEASE < visible
    assert timedelta(seconds=running.TASK_S) < queue.LEASE


def test_a_sweep_sends_what_nobody_took():
    grading = asked()
    assert queue.waiting(clock.now() - queue.LOST_AFTER) == []
    Grading.objects.update(asked_at=clock.now() - timedelta(minutes=1))
    assert queue.waiting(clock.now() - queue.LOST_AFTER) == [grading.id]
    tasks.sweep()


def test_too_long_an_attempt_is_refused_with_the_limit():
    with pytest.raises(AttemptTooLong, match=r"200,001 characters .* 200,000"):
        asked("a" * 100_000, "b" * 100_001)
    assert not Grading.objects.exists()


def test_text_that_postgres_cannot_hold_keeps_its_places():
    grading = asked(f"a\0b\ud800c {GOOD}")
    grading.refresh_from_db()
    (words,) = grading.attempt.answers[0].words
    assert words.text == f"a\ufffdb\ufffdc {GOOD}"
    assert words.end == len(words.text)


def test_asking_again_is_the_same_row_and_keeps_the_grade_meanwhile():
    grading = asked()
    assert services.again(grading).state == "queued"
    running.work(grading.id)
    grading.refresh_from_db()
    assert not services.may_repeat(grading)  # no language model: it would come out the same
    before = grading.grade
    assert services.again(grading).state == "queued"
    assert services.again(grading).grade == before
    assert running.work(grading.id)
    assert Grading.objects.get().state == "done"


def test_content_that_is_gone_and_our_own_faults_end_with_a_sentence(monkeypatch):
    grading = asked()
    Grading.objects.update(frozen={**grading.frozen, "pack": "gone"})
    running.work(grading.id)
    grading.refresh_from_db()
    assert (grading.state, grading.trouble) == ("failed", running.GONE)
    assert services.may_repeat(grading)
    Grading.objects.update(frozen={"pack": "twitter"})
    services.again(grading)
    running.work(grading.id)
    grading.refresh_from_db()
    assert (grading.state, grading.trouble) == ("failed", running.OURS)


def test_only_so_many_wait_for_a_language_model_together():
    one, two = asked(GOOD), asked(OTHER, owner=someone("ben"))
    assert queue.take(one.id, NOW, at_once=1)
    assert queue.take(two.id, NOW, at_once=1) is None
    assert queue.take(two.id, NOW, at_once=2)


def test_an_answer_that_cannot_be_graded_offline_says_so():
    french = (
        "Les comptes ordinaires sont poussés vers les fils des abonnés, mais les célébrités sont "
        "lues plus tard, quand quelqu'un ouvre sa page."
    )
    grading = asked("", french)
    running.work(grading.id)
    empty, foreign = Grading.objects.get().grade.answers
    assert (empty.points, foreign.points) == ((), ())
    assert empty.why_not
    assert foreign.why_not


def test_gradings_go_with_their_owner_and_into_the_account(client):
    guest, account = someone("guest-1"), User.objects.create(username="ann")
    grading = asked(owner=guest)
    merge_guest(guest.pk, account.pk)
    grading.refresh_from_db()
    assert grading.owner == account
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    (taken,) = client.get("/you/data/").json()["gradings"]
    assert (taken["id"], taken["attempt"]["answers"][0]["words"][0]["text"]) == (grading.id, GOOD)
    account.delete()
    assert not Grading.objects.exists()


def test_another_point_is_another_hash_and_so_is_another_order():
    one = attempt(GOOD, OTHER)
    other = replace(one, answers=one.answers[::-1])
    ann = someone()
    services.request(SUBJECT, one, ann)
    services.request(SUBJECT, other, ann)
    assert Grading.objects.count() == 2
