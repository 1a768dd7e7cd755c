"""What a person takes along of their interviews: the whole logs, from which all else follows."""

from trainer.accounts.models import User
from trainer.interviews.selectors import interviews_of


def interviews(person: User) -> list[dict[str, object]]:
    """Exporter "interviews": each with its log, oldest event first."""
    return [
        {
            "id": interview.id,
            "pack": interview.pack,
            "opened_at": interview.opened_at,
            "log": list(interview.log.order_by("seq").values("seq", "at", "kind", "data")),
        }
        for interview in interviews_of(person)
    ]
