from django.db import models
from pgvector.django import HnswIndex, VectorField

from trainer.twitter.discovery.learning import DIMENSIONS


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


class AccountVector(models.Model):
    """Where an account stands in the space of interests: a unit vector. One partition a base."""

    pk = models.CompositePrimaryKey("world_id", "account_id")
    world_id = models.IntegerField()
    account_id = models.IntegerField()
    vector = VectorField(dimensions=DIMENSIONS)

    class Meta:
        db_table = "twitter_accountvector"


class TweetVector(models.Model):
    """A tweet's unit vector, of those who liked it (see vectors.py), and their decayed number, as
    of the base's end. Only tweets and replies that somebody liked have one. A partition a base
    world."""

    pk = models.CompositePrimaryKey("world_id", "tweet_id")
    world_id = models.IntegerField()
    tweet_id = models.BigIntegerField()
    likers = models.FloatField()
    vector = VectorField(dimensions=DIMENSIONS)

    class Meta:
        db_table = "twitter_tweetvector"
        indexes = [
            HnswIndex(
                fields=["vector"], name="twitter_tweetvector_near", opclasses=["vector_ip_ops"]
            )
        ]
