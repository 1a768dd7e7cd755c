from django.db import models


class DeliveryReport(models.Model):
    """What the fan-out of one tweet cost: counted from the replies of the scripts.

    `attempted` = followers it was for; `stored` = list entries written; `skipped` = inactive ones
    without a list; `batches` = script calls. Times are real times.
    """

    pk = models.CompositePrimaryKey("world_id", "tweet_id")
    world_id = models.IntegerField()
    tweet_id = models.BigIntegerField()
    attempted = models.IntegerField()
    stored = models.IntegerField()
    skipped = models.IntegerField()
    batches = models.IntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()

    class Meta:
        db_table = "twitter_delivery"
