"""Invitations, drafts of scorecards, and the scorecards that were submitted."""

from django.conf import settings
from django.db import models

from trainer.interviews.models import Interview
from trainer.lib.ids import new_id

LABEL_MAX = 60  # characters


class Invitation(models.Model):
    """A link by which one person becomes an interviewer of one interview.

    Of its token only the SHA-256 is kept. `expires_at` ends the accepting; who has accepted stays
    until revoked. A link that was accepted is used up, and goes with the person who accepted it.
    """

    id = models.CharField(primary_key=True, max_length=16, default=new_id, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="invitations")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations_made"
    )
    label = models.CharField(max_length=LABEL_MAX)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="invitations_accepted",
    )
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "id"]


class Draft(models.Model):
    """A scorecard that is being filled in, one for each interview and rater.

    `content` is a Card as JSON. `revision` counts its saves; `editor` and `turn` name the page that
    saved last and how often that page had sent. `other` is the content that came second, when two
    pages had saved; it is kept until the rater discards it.
    """

    interview = models.ForeignKey(
        Interview, on_delete=models.CASCADE, related_name="scorecard_drafts"
    )
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="scorecard_drafts"
    )
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    editor = models.CharField(max_length=16, default="")
    turn = models.PositiveIntegerField(default=0)
    other = models.JSONField(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "rater"], name="one_draft_a_rater"),
        ]


class Scorecard(models.Model):
    """A submitted scorecard. A trigger of the database refuses every change but one: who the rater
    is, when a guest becomes an account, or is purged as idle: the candidate's report must not lose
    its card over that (`who` still says by which name they came). Who deletes all that is theirs
    takes it along: takeaway.forget.

    `content` is frozen: the card, and the names of all that it judges.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="scorecards")
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="scorecards",
    )
    who = models.CharField(max_length=LABEL_MAX)
    content = models.JSONField()
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["submitted_at", "id"]
