from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone

USERNAME_MAX = 40
USERNAME_RULE = "Use 3 to 40 characters: letters a to z, digits, dot, underscore or hyphen."
# ASCII only: two names that look alike must not be two people.
username_shape = RegexValidator(r"^[A-Za-z0-9._-]{3,40}\Z", USERNAME_RULE)


def today() -> date:
    """The day in UTC, in which idle days are counted."""
    return timezone.now().date()


class PeopleManager(UserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """Ann and ann are one name, so either signs in."""
        return self.get(username__iexact=username)


class User(AbstractUser):
    """A person: a guest until they sign up.

    No role is stored here. Candidate, interviewer and observer are roles in one interview, kept by
    the rooms that need them, so the same person may be both.
    """

    username = models.CharField(
        max_length=USERNAME_MAX,
        unique=True,
        validators=[username_shape],
        error_messages={"unique": "This name is taken. Choose another one."},
    )
    is_guest = models.BooleanField(default=False)
    last_seen_on = models.DateField(default=today)

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta:
        constraints = [
            # Upper, because that is what `iexact` asks Postgres for: one index serves both.
            models.UniqueConstraint(Upper("username"), name="one_username_whatever_the_case"),
        ]
        indexes = [
            models.Index(
                "last_seen_on", condition=models.Q(is_guest=True), name="guests_by_last_seen"
            ),
        ]


class Carrying(models.Model):
    """A link that carries a guest to one more device, once. Its token is kept as a hash alone, so
    that a copy of the database lets nobody in."""

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="carryings")
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
