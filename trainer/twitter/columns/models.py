from django.db import models


class Artefact(models.Model):
    """Something that was computed from a base world and takes long: arrays, with what is known of
    them (`meta`: figures of the evaluation, sizes). One of each name is there for a world.

    `format`: of the code that wrote it; other code refuses to read it. While it is being made, the
    row says how far it is.
    """

    class State(models.TextChoices):
        MAKING = "making"
        READY = "ready"
        FAILED = "failed"

    world_id = models.IntegerField()
    name = models.CharField(max_length=20)
    format = models.IntegerField()
    version = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=State)
    step = models.CharField(max_length=200, default="")
    progress = models.FloatField(default=0.0)
    made_at = models.DateTimeField()
    meta = models.JSONField(default=dict)

    class Meta:
        db_table = "twitter_artefact"
        constraints = [
            models.UniqueConstraint(fields=["world_id", "name"], name="twitter_artefact_name")
        ]


class ArtefactArray(models.Model):
    """One array of an artefact: C order, little-endian."""

    pk = models.CompositePrimaryKey("artefact_id", "name")
    artefact = models.ForeignKey(Artefact, on_delete=models.CASCADE, related_name="arrays")
    name = models.CharField(max_length=40)
    dtype = models.CharField(max_length=8)
    shape = models.JSONField()
    body = models.BinaryField()

    class Meta:
        db_table = "twitter_artefactarray"
