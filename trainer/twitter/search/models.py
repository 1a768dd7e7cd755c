from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchDocument(models.Model):
    """A tweet as the search finds it. Partitioned as tweets are. GIN without fastupdate: with it,
    the first query after a bulk load pays for the load."""

    pk = models.CompositePrimaryKey("world_id", "tweet_id")
    world_id = models.IntegerField()
    tweet_id = models.BigIntegerField()
    author_id = models.IntegerField()
    tsv = SearchVectorField()
    is_deleted = models.BooleanField(default=False)

    class Meta:
        db_table = "twitter_searchdocument"
        indexes = [GinIndex(fields=["tsv"], fastupdate=False, name="twitter_searchdocument_tsv")]


class SearchJourney(models.Model):
    """When a tweet of an overlay passed each stage on its way into the index (real times)."""

    pk = models.CompositePrimaryKey("world_id", "tweet_id")
    world_id = models.IntegerField()
    tweet_id = models.BigIntegerField()
    posted_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True)
    prepared_at = models.DateTimeField(null=True)
    indexed_at = models.DateTimeField(null=True)
    visible_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "twitter_searchjourney"
