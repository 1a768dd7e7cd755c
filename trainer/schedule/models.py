"""Reviews and sightings as they happened, and when each item is due, which follows from them."""

from typing import Any

from django.conf import settings
from django.db import models

from trainer.schedule.terms import RETENTION

KEY_LENGTH = 200


class Item(models.Model):
    """A thing that comes back. All but its key, and that it is set aside, can be computed again
    from its reviews.

    `key` is the asking room's own name for it. `memory`: what the scheduler remembers of it.
    `state`: 0 never answered, 1 learning, 2 review, 3 relearning. `stepped`: it is asked in minutes
    before it is asked in days, on the person's own terms; other items wait whole days. `suspended`:
    never asked; `buried_until`: not asked before.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="scheduled_items"
    )
    key = models.CharField(max_length=KEY_LENGTH)
    due = models.DateTimeField()
    reviewed_at = models.DateTimeField()
    reviews = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    state = models.PositiveSmallIntegerField(default=0)
    stepped = models.BooleanField(default=False)
    suspended = models.BooleanField(default=False)
    buried_until = models.DateTimeField(null=True)
    memory: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="schedule_item_once")]
        indexes = [
            models.Index(fields=["owner", "due"]),
            models.Index(fields=["owner", "state", "due"]),
        ]

    def __str__(self) -> str:
        return f"{self.key} due {self.due:%Y-%m-%d}"


class Review(models.Model):
    """One answer. It names its item by key, so that the reviews of a guest who signs in join those
    of the account. `once` tells the same answer told twice.

    `state_before`: of the item. `before`: the item as it was, to be put back by an undo; {} where
    there was none. Reviews of the item's last day keep it, unless one came out of order.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="schedule_reviews"
    )
    key = models.CharField(max_length=KEY_LENGTH)
    at = models.DateTimeField()
    rating = models.PositiveSmallIntegerField()
    once = models.CharField(max_length=100)
    state_before = models.PositiveSmallIntegerField(default=0)
    before: "models.JSONField[dict[str, Any] | None, dict[str, Any] | None]" = models.JSONField(
        null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key", "once"], name="schedule_review_once"),
            models.CheckConstraint(
                condition=models.Q(rating__gte=1, rating__lte=4), name="schedule_rating_1_to_4"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "at"]),
            models.Index(fields=["owner", "once"]),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.rating}"


class Undone(models.Model):
    """The name of an answer that was taken back. It does not count if it is told (again) later."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="undone_answers"
    )
    once = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "once"], name="schedule_undone_once")
        ]

    def __str__(self) -> str:
        return self.once


class Order(models.TextChoices):
    """Which cards of a day come first."""

    MIXED = "mixed", "New ones among the reviews"
    NEW_FIRST = "new-first", "New ones first"
    REVIEWS_FIRST = "reviews-first", "Reviews first"


class Preferences(models.Model):
    """On which terms a person's cards come back, and how many a day.

    `retention`: 0.7 to 0.97. `answers`: how many buttons, 2 or 4. `interview_on`: no card's wait
    passes it; `interview_asked`: whether they were asked for it. `utc_offset_min`: where they are,
    as of their browser.
    """

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences"
    )
    retention = models.FloatField(default=RETENTION)
    new_a_day = models.PositiveSmallIntegerField(default=20)
    reviews_a_day = models.PositiveSmallIntegerField(default=200)
    order = models.CharField(max_length=20, choices=Order.choices, default=Order.MIXED)
    answers = models.PositiveSmallIntegerField(default=4)
    interview_on = models.DateField(null=True, blank=True)
    interview_asked = models.BooleanField(default=False)
    utc_offset_min = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(retention__gte=0.7, retention__lte=0.97),
                name="schedule_retention_70_to_97",
            ),
            models.CheckConstraint(
                condition=models.Q(answers__in=(2, 4)), name="schedule_two_or_four_answers"
            ),
            models.CheckConstraint(
                condition=models.Q(utc_offset_min__gte=-840, utc_offset_min__lte=840),
                name="schedule_offset_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.retention:.0%}, {self.new_a_day} new a day"


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
