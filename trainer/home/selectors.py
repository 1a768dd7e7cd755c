"""What the front page asks about a visitor."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from trainer.accounts.models import User
from trainer.catalog.packs import UnknownPack, get_pack
from trainer.interviews.models import Interview
from trainer.interviews.report.topics import topics
from trainer.interviews.selectors import interviews_of, state_of


@dataclass(frozen=True)
class NextStep:
    """`unfinished`: the newest that is still open. `latest`: the newest of the `finished` many."""

    unfinished: Interview | None
    latest: Interview | None
    finished: int

    @property
    def may_redo(self) -> bool:
        """Whether the latest one has questions to answer again, and none was answered again."""
        if self.latest is None:
            return False
        try:
            pack = get_pack(self.latest.pack)
        except UnknownPack:
            return False
        state = state_of(self.latest)
        return not state.redone and any(topic.asked for topic in topics(state, pack))


def next_step(user: User | AnonymousUser) -> NextStep | None:
    """Where `user` goes on with interviews; None for who has none yet."""
    if not isinstance(user, User):
        return None
    finished = interviews_of(user).filter(status="finished")
    unfinished = interviews_of(user).exclude(status="finished").first()
    latest = finished.first()
    if unfinished is None and latest is None:
        return None
    return NextStep(unfinished, latest, finished.count())
