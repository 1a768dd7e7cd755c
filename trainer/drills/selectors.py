"""The questions: whose rounds, and what is in a log."""

from django.db.models import QuerySet

from trainer.accounts.models import User
from trainer.drills.log import Event, Log
from trainer.drills.models import Round


def rounds_of(user: User) -> QuerySet[Round]:
    """The rounds of a person, the newest first."""
    return Round.objects.filter(owner=user).order_by("-started_at")


def open_round(owner_id: int | None, pack: str, drill: str) -> Round | None:
    """The newest round of this drill that has not ended, if it is the newest of all of it."""
    if owner_id is None:
        return None
    mine = Round.objects.filter(owner_id=owner_id, pack=pack, drill=drill)
    newest = mine.order_by("-started_at").first()
    return newest if newest and newest.finished_at is None else None


def log_of(round: Round) -> Log:
    """The whole log."""
    rows = round.log.order_by("seq").values_list("seq", "at", "kind", "data")
    return Log(tuple(Event(*row) for row in rows))
