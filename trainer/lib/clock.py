"""The server's clock. Everything that is tested takes the time as an argument; only the outermost
edge (a view, a task, a command) asks for it here."""

from datetime import UTC, datetime


def now() -> datetime:
    """The time, with its zone (UTC)."""
    return datetime.now(UTC)
