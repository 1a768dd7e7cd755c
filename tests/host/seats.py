"""People around an interview, and what a rater sends."""

from datetime import UTC, datetime

from django.http import QueryDict
from django.test import Client

from trainer.accounts.models import User
from trainer.host.inviting import accept, invite
from trainer.host.models import Invitation
from trainer.interviews.models import Interview

SIGNALS = ("requirements", "design", "depth", "trade-offs", "communication")


def now() -> datetime:
    return datetime.now(UTC)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def seat(interview: Interview, person: User, label: str = "Ann") -> Invitation:
    """The person has accepted an invitation."""
    _, token = invite(interview, label, 7, now())
    return accept(token, person, now())


def filled(line: int, **more: object) -> dict[str, object]:
    """Every field that a scorecard needs, each mark tied to the start of `line`."""
    data: dict[str, object] = {"base_revision": 0, "verdict": "no", "comment": "Come again."}
    for signal in SIGNALS:
        data |= {f"score-{signal}": "2", f"evidence-{signal}": [f"{line}:0:6"]}
    return data | more


def form(data: dict[str, object]) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, value in data.items():
        found.setlist(name, [str(v) for v in value] if isinstance(value, list) else [str(value)])
    return found
