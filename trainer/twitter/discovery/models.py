from django.db import models


class Affinity(models.Model):
    """How much one account has done with another's tweets in an overlay; decays from `last_at`
    (world time)."""

    pk = models.CompositePrimaryKey("world_id", "actor_id", "author_id")
    world_id = models.IntegerField()
    actor_id = models.IntegerField()
    author_id = models.IntegerField()
    weight = models.FloatField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "twitter_affinity"
