from django.db import models


class Kind(models.IntegerChoices):
    TWEET = 1
    REPLY = 2
    RETWEET = 3


class Delivery(models.IntegerChoices):
    PUSH = 1
    PULL = 2


class EngagementKind(models.IntegerChoices):
    LIKE = 1
    BOOKMARK = 2
    CLICK = 3
    PROFILE_CLICK = 4
    REPLY = 5
    RETWEET = 6


class Tweet(models.Model):
    """A tweet, reply or retweet. Its time is in its id. Partitioned by world (see the migration):
    a base has a partition of its own, overlays share the default one.

    `delivery` was decided once, when it was posted. The counts are the base's; what happened in an
    overlay is counted from its rows. In an overlay, a deleted row with the id of a base's tweet
    says that this tweet is deleted there.
    """

    pk = models.CompositePrimaryKey("world_id", "id")
    world_id = models.IntegerField()
    id = models.BigIntegerField()
    author_id = models.IntegerField()
    kind = models.SmallIntegerField(choices=Kind)
    text = models.CharField(max_length=280)
    retweet_of = models.BigIntegerField(null=True)
    original_author_id = models.IntegerField(null=True)
    reply_to = models.BigIntegerField(null=True)
    delivery = models.SmallIntegerField(choices=Delivery)
    is_deleted = models.BooleanField(default=False)
    like_count = models.IntegerField(default=0)
    retweet_count = models.IntegerField(default=0)
    reply_count = models.IntegerField(default=0)
    bookmark_count = models.IntegerField(default=0)
    click_count = models.IntegerField(default=0)

    class Meta:
        db_table = "twitter_tweet"
        indexes = [
            models.Index(fields=["world_id", "author_id", "-id"], name="twitter_tweet_author"),
            models.Index(
                fields=["world_id", "retweet_of", "-id"],
                condition=models.Q(retweet_of__isnull=False),
                name="twitter_tweet_retweet_of",
            ),
            models.Index(
                fields=["world_id", "reply_to"],
                condition=models.Q(reply_to__isnull=False),
                name="twitter_tweet_reply_to",
            ),
            models.Index(
                fields=["world_id", "author_id", "-id"],
                condition=models.Q(delivery=Delivery.PULL),
                name="twitter_tweet_pull",
            ),
        ]


class Engagement(models.Model):
    """The log of who did what with which tweet. Partitioned as tweets are."""

    pk = models.CompositePrimaryKey("world_id", "account_id", "tweet_id", "kind")
    world_id = models.IntegerField()
    account_id = models.IntegerField()
    tweet_id = models.BigIntegerField()
    kind = models.SmallIntegerField(choices=EngagementKind)
    is_active = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "twitter_engagement"
        indexes = [models.Index(fields=["world_id", "tweet_id"], name="twitter_engagement_tweet")]
