"""Two tables: the rounds, and the log of each."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse

from trainer.lib.ids import new_id


class Round(models.Model):
    """One go at one drill. All but whose it is can be read from its log again.

    The row is what `services.act` locks, so that sequence numbers have no gaps. `summary` is what
    lists show of it (see Drill.summary).
    """

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drill_rounds"
    )
    pack = models.CharField(max_length=60)
    drill = models.CharField(max_length=40)
    seed = models.PositiveIntegerField()
    level = models.CharField(max_length=10, default="senior")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    summary: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["owner", "-started_at"])]

    def __str__(self) -> str:
        return f"{self.drill} {self.id}"

    def get_absolute_url(self) -> str:
        return reverse("drills:round", args=[self.id])


class RoundEvent(models.Model):
    """One event, as stored. `key` tells the same form sent twice (none for the events that follow
    from the same command)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="log")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    data: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        encoder=DjangoJSONEncoder
    )
    key = models.CharField(max_length=64, null=True)  # noqa: DJ001 (unique where it is given)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["round", "seq"], name="one_round_event_a_seq"),
            models.UniqueConstraint(fields=["round", "key"], name="one_round_event_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"
