"""Two tables: the log, and one summary row an interview that can be rebuilt from it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse

from trainer.lib.ids import new_id


class Interview(models.Model):
    """Whose interview it is, and a summary for lists. All else is read from the log.

    The row is what `services.run` locks, so that sequence numbers have no gaps.
    """

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interviews"
    )
    pack = models.CharField(max_length=60)
    # The summary: see summary.py.
    status = models.CharField(max_length=10, default="open")
    format_id = models.CharField(max_length=60, default="")
    level = models.CharField(max_length=10, default="")
    planned_s = models.FloatField(null=True)  # null: untimed
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    elapsed_s = models.FloatField(default=0.0)  # at the last event
    questions_asked = models.PositiveSmallIntegerField(default=0)
    words_said = models.PositiveIntegerField(default=0)
    points_checked = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["owner", "-opened_at"])]

    def __str__(self) -> str:
        return f"{self.pack} {self.id} ({self.status})"

    def get_absolute_url(self) -> str:
        """The report once it is over, else the room."""
        name = "report" if self.status == "finished" else "room"
        return reverse(f"interviews:{name}", args=[self.id])


class LogEntry(models.Model):
    """One event, as stored. `key` is the client's idempotency key (none for the events that
    follow from the same command)."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="log")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    data = models.JSONField(encoder=DjangoJSONEncoder)
    key = models.CharField(max_length=64, null=True)  # noqa: DJ001 (unique where it is given)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "seq"], name="one_event_a_seq"),
            models.UniqueConstraint(fields=["interview", "key"], name="one_event_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"
