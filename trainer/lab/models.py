"""A visitor's goes at the labs, and their runs."""

from typing import Any

from django.conf import settings
from django.db import models

from trainer.interviews.models import Interview
from trainer.lib.ids import new_id


class Attempt(models.Model):
    """One go of one visitor at one lab: the prediction, then runs. A reset closes it, and the
    newest that is not closed is the one under way.

    `predicted` null with `predicted_at` set: "no idea". `measured` is the predicted figure in the
    first run that was done, which has the default inputs. `worlds`: public ids of the overlays of
    the last run, until they are dropped. `interview`: the one from whose report it was opened.
    """

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lab_attempts"
    )
    pack = models.CharField(max_length=60)
    lab = models.CharField(max_length=60)
    interview = models.ForeignKey(
        Interview, null=True, on_delete=models.SET_NULL, related_name="lab_attempts"
    )
    predicted = models.FloatField(null=True)
    predicted_text = models.CharField(max_length=60, default="")
    predicted_at = models.DateTimeField()
    measured = models.FloatField(null=True)
    measured_at = models.DateTimeField(null=True)
    worlds = models.JSONField(default=list)
    used_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-predicted_at"])]

    def __str__(self) -> str:
        return f"{self.lab} {self.id}"


class Run(models.Model):
    """One run of a lab. `number` gives the queue its order; `id` stands in addresses.

    `queue`: which workers may take it. `lease_until`: its worker says so every few seconds; when
    that time has passed, the worker is gone. `version` counts what was told, for who follows it.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"

    number = models.BigAutoField(primary_key=True)
    id = models.CharField(unique=True, max_length=16, default=new_id, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="runs")
    queue = models.CharField(max_length=20)
    is_timing = models.BooleanField()
    base = models.CharField(max_length=40, default="")
    accounts = models.IntegerField(default=0)
    values: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    said = models.CharField(max_length=400, default="")
    share = models.FloatField(default=0.0)
    result: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    error = models.CharField(max_length=600, default="")
    tries = models.SmallIntegerField(default=0)
    version = models.IntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(
                fields=["state", "number"],
                condition=models.Q(state__in=["queued", "running"]),
                name="lab_run_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"run {self.id} ({self.state})"

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE


ACTIVE = (Run.State.QUEUED, Run.State.RUNNING)
