from django.db import models


class Follow(models.Model):
    """An overlay's change of the graph: a new edge, or (inactive) one of the base taken away."""

    pk = models.CompositePrimaryKey("world_id", "follower_id", "followee_id")
    world_id = models.IntegerField()
    follower_id = models.IntegerField()
    followee_id = models.IntegerField()
    is_active = models.BooleanField()

    class Meta:
        db_table = "twitter_follow"
        indexes = [models.Index(fields=["world_id", "followee_id"], name="twitter_follow_followee")]


class Shun(models.Model):
    """In an overlay: an account does not want to see another (mute), or neither of them the other's
    tweets (block)."""

    class Kind(models.IntegerChoices):
        MUTE = 1
        BLOCK = 2

    pk = models.CompositePrimaryKey("world_id", "account_id", "other_id", "kind")
    world_id = models.IntegerField()
    account_id = models.IntegerField()
    other_id = models.IntegerField()
    kind = models.SmallIntegerField(choices=Kind)

    class Meta:
        db_table = "twitter_shun"
        indexes = [models.Index(fields=["world_id", "other_id"], name="twitter_shun_other")]
