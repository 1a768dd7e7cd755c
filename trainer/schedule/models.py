"""Reviews and sightings as they happened, and when each item is due, which follows from them."""

from typing import Any

from django.conf import settings
from django.db import models

KEY_LENGTH = 200


class Item(models.Model):
    """A thing that comes back. All but its key can be computed again from its reviews.

    `key` is the asking room's own name for it. `memory`: what the scheduler remembers of it.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="scheduled_items"
    )
    key = models.CharField(max_length=KEY_LENGTH)
    due = models.DateTimeField()
    reviewed_at = models.DateTimeField()
    reviews = models.PositiveIntegerField(default=0)
    memory: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="schedule_item_once")]
        indexes = [models.Index(fields=["owner", "due"])]

    def __str__(self) -> str:
        return f"{self.key} due {self.due:%Y-%m-%d}"


class Review(models.Model):
    """One answer. It names its item by key, so that the reviews of a guest who signs in join those
    of the account. `once` tells the same answer told twice."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="schedule_reviews"
    )
    key = models.CharField(max_length=KEY_LENGTH)
    at = models.DateTimeField()
    rating = models.PositiveSmallIntegerField()
    once = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key", "once"], name="schedule_review_once"),
            models.CheckConstraint(
                condition=models.Q(rating__gte=1, rating__lte=4), name="schedule_rating_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.rating}"


class Sighting(models.Model):
    """A point of a pack that was covered, or missed, at a place such as `drill:ID:1`."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sightings"
    )
    pack = models.CharField(max_length=60)
    point = models.CharField(max_length=80)
    where = models.CharField(max_length=100)
    covered = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "pack", "point", "where"], name="schedule_sighting_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.point} {'covered' if self.covered else 'missed'}"
