"""When a second answer was begun: the server's own time, signed, carried by the page."""

from datetime import UTC, datetime

from django.core import signing

REDO_S = 120  # seconds offered for a second answer; nothing is cut off after them


class UnreadableStart(ValueError):
    """The start was not written by this server for this moment."""


def start(interview_id: str, line: str, now: datetime) -> str:
    """A token that says when the answer to `line` was begun."""
    return signing.dumps(now.timestamp(), salt=_salt(interview_id, line))


def started_at(interview_id: str, line: str, token: str) -> datetime:
    """The time in a token of `start`. Raises UnreadableStart."""
    try:
        stamp = signing.loads(token, salt=_salt(interview_id, line))
    except signing.BadSignature as error:
        raise UnreadableStart("The start of this answer could not be read.") from error
    return datetime.fromtimestamp(stamp, UTC)


def _salt(interview_id: str, line: str) -> str:
    return f"redo:{interview_id}:{line}"
