"""The questions: whose interviews, and what is in a log."""

from django.db.models import QuerySet

from trainer.accounts.models import User
from trainer.interviews.events import Event, from_stored
from trainer.interviews.models import Interview
from trainer.interviews.state import State, fold


def interviews_of(user: User) -> QuerySet[Interview]:
    """The interviews of a person, the newest first."""
    return Interview.objects.filter(owner=user).order_by("-opened_at")


def log_of(interview: Interview) -> list[Event]:
    """The whole log, in order."""
    rows = interview.log.order_by("seq").values_list("seq", "at", "kind", "data")
    return [Event(seq, at, from_stored(kind, data)) for seq, at, kind, data in rows]


def state_of(interview: Interview) -> State:
    """The state of an interview, folded from its log."""
    return fold(log_of(interview))
