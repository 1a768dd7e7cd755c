"""What the search reads. All of it is made of the content, and made again when that changes."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Edition(models.Model):
    """A pack's content as it was indexed. `version` is a hash of its passages."""

    pack = models.CharField(max_length=60)
    version = models.CharField(max_length=64)
    built_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "version"], name="learn_edition_once")
        ]


class Passage(models.Model):
    """One thing that can be found. `position` is its place in what is taught, `number` its slug if
    it is a number, `worth` a factor of its rank. GIN without fastupdate: with it, the first query
    would pay for the load."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    title = models.TextField()
    text = models.TextField()
    path = models.TextField()
    number = models.CharField(max_length=60, blank=True)
    worth = models.FloatField()
    tsv = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["tsv"], fastupdate=False, name="learn_passage_tsv")]


class Word(models.Model):
    """A word that is taught, and in how many passages: what a mistyped one may have meant."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=60)
    uses = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "word"], name="learn_word_once")]
        indexes = [
            GinIndex(OpClass("word", name="gin_trgm_ops"), fastupdate=False, name="learn_word_trgm")
        ]
