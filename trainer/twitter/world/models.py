from django.contrib.postgres.fields import ArrayField
from django.db import models

from trainer.twitter.world.value import DEFAULT_THRESHOLD, DEFAULT_VIRAL_AFTER


class WorldRecord(models.Model):
    """A base world (`base` is null) or an overlay. An overlay's id is greater than its base's, so
    that "the row of the greatest world id" is the one that holds."""

    class State(models.TextChoices):
        BUILDING = "building"
        READY = "ready"
        FAILED = "failed"

    id = models.AutoField(primary_key=True)
    public_id = models.CharField(max_length=16, unique=True)
    base = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="overlays")
    name = models.CharField(max_length=40)
    seed = models.BigIntegerField(default=0)
    accounts = models.IntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.BUILDING)
    step = models.CharField(max_length=200, default="")
    progress = models.FloatField(default=0.0)
    threshold = models.IntegerField(default=DEFAULT_THRESHOLD)
    viral_after = models.IntegerField(default=DEFAULT_VIRAL_AFTER)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "twitter_world"
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(base__isnull=True),
                name="twitter_base_name",
            )
        ]


class Account(models.Model):
    """An account of a base world. Ids run from 1 and fit into 31 bits."""

    pk = models.CompositePrimaryKey("world_id", "id")
    world_id = models.IntegerField()
    id = models.IntegerField()
    handle = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    region = models.SmallIntegerField()
    quality = models.FloatField()
    is_premium = models.BooleanField()
    followers_count = models.IntegerField()
    following_count = models.IntegerField()
    created_at = models.DateTimeField()
    last_active_at = models.DateTimeField()

    class Meta:
        db_table = "twitter_account"
        indexes = [models.Index(fields=["world_id", "handle"], name="twitter_account_handle")]


class Planted(models.Model):
    """What the simulator drew and nothing but a check may know."""

    pk = models.CompositePrimaryKey("world_id", "account_id")
    world_id = models.IntegerField()
    account_id = models.IntegerField()
    community = models.SmallIntegerField()

    class Meta:
        db_table = "twitter_planted"


class BaseGraph(models.Model):
    """The base's edges, an account a row: immutable, so lists serve better than eight million rows.
    Both are sorted."""

    pk = models.CompositePrimaryKey("world_id", "account_id")
    world_id = models.IntegerField()
    account_id = models.IntegerField()
    following = ArrayField(models.IntegerField())
    followers = ArrayField(models.IntegerField())

    class Meta:
        db_table = "twitter_basegraph"
