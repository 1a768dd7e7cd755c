"""A person's own cards, and what they wrote on a card that is made from content."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from trainer.cards.keys import own_key
from trainer.lib.ids import new_id
from trainer.schedule.models import KEY_LENGTH

TAG_LENGTH = 40
MOST_TAGS = 20
TEXT_LIMIT = 4_000  # characters of a side, or of a note
MOST_CARDS = 20_000  # of one person


class OwnCard(models.Model):
    """A basic card: both sides are Markdown. `origin` tells the same card brought twice: of an
    import the card's own name in the file, of a lab its attempt; "" for one typed by hand."""

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_cards"
    )
    front = models.TextField()
    back = models.TextField()
    tags = ArrayField(models.CharField(max_length=TAG_LENGTH), default=list, blank=True)
    origin = models.CharField(max_length=100, default="", blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "origin"],
                condition=~models.Q(origin=""),
                name="cards_one_own_card_an_origin",
            )
        ]
        indexes = [models.Index(fields=["owner", "created_at", "id"])]

    def __str__(self) -> str:
        return self.front[:60]

    @property
    def key(self) -> str:
        """Its name in the schedule."""
        return own_key(self.id)


class Remark(models.Model):
    """One's own note and tags on a card that is made from content, by its key in the schedule."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="card_remarks"
    )
    key = models.CharField(max_length=KEY_LENGTH)
    note = models.TextField(default="", blank=True)
    tags = ArrayField(models.CharField(max_length=TAG_LENGTH), default=list, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="cards_one_remark_a_card")
        ]

    def __str__(self) -> str:
        return self.key


class ImportDraft(models.Model):
    """A file of cards that was uploaded and waits until its owner has seen what it would do. One a
    person; a day old, it goes."""

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="import_draft"
    )
    name = models.CharField(max_length=100)
    content = models.BinaryField()
    made_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name
