from django.db import models


class Seen(models.Model):
    """In an overlay: a tweet (of a retweet: the original) that an account was shown."""

    pk = models.CompositePrimaryKey("world_id", "account_id", "tweet_id")
    world_id = models.IntegerField()
    account_id = models.IntegerField()
    tweet_id = models.BigIntegerField()

    class Meta:
        db_table = "twitter_seen"


class NotInterested(models.Model):
    """In an overlay: when (world time) an account last said that an author is not for it."""

    pk = models.CompositePrimaryKey("world_id", "account_id", "author_id")
    world_id = models.IntegerField()
    account_id = models.IntegerField()
    author_id = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "twitter_notinterested"
