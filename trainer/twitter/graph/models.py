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
