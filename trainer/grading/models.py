"""What was asked to be graded, how far that is, and what came of it."""

from typing import Any

from django.conf import settings
from django.db import models

from trainer.grading import attempts, grades
from trainer.lib.ids import new_id


class Grading(models.Model):
    """One attempt that is graded, for good: asked again, it is the same row.

    `subject`: what it is of, as `interview:ID` or `drill:ID:N`. `frozen` and `graded`: the attempt
    and its grade as JSON; read `attempt` and `grade`. `rubric`: the version that was asked for.
    `done` of `total` answers are graded. `lease_until`: the worker that has it is gone when that
    time has passed; it also tells that worker from the next. `trouble`: why it failed.

    A grade stays readable while the grading is repeated.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="gradings"
    )
    subject = models.CharField(max_length=80)
    frozen: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    attempt_hash = models.CharField(max_length=64)
    rubric = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    done = models.IntegerField(default=0)
    total = models.IntegerField()
    graded: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(
        null=True
    )
    trouble = models.CharField(max_length=400, default="")
    tries = models.SmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "subject", "attempt_hash", "rubric"], name="grading_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["state", "asked_at"],
                condition=models.Q(state__in=["queued", "running"]),
                name="grading_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"grading {self.id} of {self.subject} ({self.state})"

    @property
    def attempt(self) -> attempts.Attempt:
        return attempts.read(self.frozen)

    @property
    def grade(self) -> grades.Grade | None:
        return None if self.graded is None else grades.read(self.graded)

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE


ACTIVE = (Grading.State.QUEUED, Grading.State.RUNNING)


class Judged(models.Model):
    """What a language model said of one answer, so that it is asked once.

    `key`: a hash of all that it was asked. `points` holds, for each covered point, where its quote
    stands; no words of the answer, as they belong to somebody who may delete them.
    """

    key = models.CharField(primary_key=True, max_length=64)
    points: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField()
    judged_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"judged {self.key[:8]}"


class Spent(models.Model):
    """Calls to the language model on one day (UTC): a person's, and with no owner everybody's."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    day = models.DateField()
    calls = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "day"], nulls_distinct=False, name="grading_spent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.calls} calls on {self.day}"
