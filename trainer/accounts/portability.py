"""What a person takes along: each room registers how it writes down what it holds of them."""

from collections.abc import Callable
from datetime import datetime

from trainer.accounts.models import User

Exporter = Callable[[User], object]
FORMAT = 1  # raised when the shape of the file changes

_exporters: dict[str, Exporter] = {}


def register(name: str, exporter: Exporter) -> None:
    """Add a room's part to "download my data", under `name`. Called in AppConfig.ready.

    `exporter` returns data that JSON can hold (dates and decimals too). Raises ValueError if the
    name is in use.
    """
    if name in _exporters:
        raise ValueError(f"Two exporters are called {name!r}; give one of them another name.")
    _exporters[name] = exporter


def export(person: User, now: datetime) -> dict[str, object]:
    """Everything held of `person`, room by room. Never a password, not even its hash."""
    parts = {name: exporter(person) for name, exporter in sorted(_exporters.items())}
    return {"format": FORMAT, "exported_at": now, **parts}


def account(person: User) -> dict[str, object]:
    """This room's own part: exporter "account"."""
    return {
        "username": person.username,
        "is_guest": person.is_guest,
        "joined_at": person.date_joined,
        "last_sign_in_at": person.last_login,
        "last_seen_on": person.last_seen_on,
    }
