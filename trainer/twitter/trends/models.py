from django.db import models


class TrendMention(models.Model):
    """One hashtag in one tweet. `minute` is the unix minute in world time; `weight` what its
    author's voice counts for, from 0 to 1."""

    pk = models.CompositePrimaryKey("world_id", "tweet_id", "term")
    world_id = models.IntegerField()
    tweet_id = models.BigIntegerField()
    term = models.CharField(max_length=60)
    minute = models.IntegerField()
    author_id = models.IntegerField()
    region = models.SmallIntegerField()
    weight = models.FloatField()
    is_deleted = models.BooleanField(default=False)

    class Meta:
        db_table = "twitter_trendmention"
        indexes = [models.Index(fields=["world_id", "minute"], name="twitter_trendmention_minute")]


class TrendReview(models.Model):
    """A flagged trend that waits for a person, or what they decided. `region` -1 is global."""

    class State(models.TextChoices):
        PENDING = "pending"
        APPROVED = "approved"
        REJECTED = "rejected"

    pk = models.CompositePrimaryKey("world_id", "term", "region")
    world_id = models.IntegerField()
    term = models.CharField(max_length=60)
    region = models.SmallIntegerField()
    state = models.CharField(max_length=8, choices=State)
    reason = models.CharField(max_length=200, default="")
    flagged_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "twitter_trendreview"
