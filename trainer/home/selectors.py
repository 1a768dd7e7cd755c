"""What the front page asks about a visitor."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from trainer.accounts.models import User
from trainer.interviews.models import Interview
from trainer.interviews.selectors import interviews_of


@dataclass(frozen=True)
class NextStep:
    """`unfinished`: the newest that is still open. `latest`: the newest of the `finished` many."""

    unfinished: Interview | None
    latest: Interview | None
    finished: int


def next_step(user: User | AnonymousUser) -> NextStep | None:
    """Where `user` goes on; None for who has no interview yet."""
    if not isinstance(user, User):
        return None
    finished = interviews_of(user).filter(status="finished")
    unfinished = interviews_of(user).exclude(status="finished").first()
    latest = finished.first()
    if unfinished is None and latest is None:
        return None
    return NextStep(unfinished, latest, finished.count())
