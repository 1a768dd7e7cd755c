"""The models of all rooms of the mini Twitter, where Django looks for them."""

from django.db import models

from trainer.twitter.columns.models import Artefact, ArtefactArray
from trainer.twitter.discovery.models import AccountVector, Affinity, TweetVector
from trainer.twitter.graph.models import Follow, Shun
from trainer.twitter.mixer.models import NotInterested, Seen
from trainer.twitter.search.models import SearchDocument, SearchJourney
from trainer.twitter.timelines.models import DeliveryReport
from trainer.twitter.trends.models import TrendMention, TrendReview
from trainer.twitter.tweets.models import Engagement, Tweet
from trainer.twitter.world.models import Account, BaseGraph, Planted, WorldRecord

__all__ = [
    "Account",
    "AccountVector",
    "Affinity",
    "Artefact",
    "ArtefactArray",
    "BaseGraph",
    "DeliveryReport",
    "Engagement",
    "Follow",
    "NotInterested",
    "OutboxRow",
    "Planted",
    "SearchDocument",
    "SearchJourney",
    "Seen",
    "Shun",
    "TrendMention",
    "TrendReview",
    "Tweet",
    "TweetVector",
    "WorldRecord",
]


class OutboxRow(models.Model):
    """Work that one consumer has still to do; deleted in the transaction that does it.

    `lane`: whose workers do it: 0 the site's, else those of the sandbox of that number.
    """

    world_id = models.IntegerField()
    lane = models.SmallIntegerField(default=0, db_default=0)
    consumer = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    payload = models.JSONField()
    enqueued_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    retry_at = models.DateTimeField()

    class Meta:
        db_table = "twitter_outbox"
        indexes = [
            models.Index(fields=["lane", "consumer", "id"], name="twitter_outbox_lane"),
            models.Index(fields=["world_id"], name="twitter_outbox_world"),
        ]
