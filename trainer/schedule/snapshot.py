"""An item as it is, to be put back to the letter."""

from datetime import datetime
from typing import Any, Final

from trainer.schedule.models import Item

_PLAIN: Final = ("reviews", "lapses", "state", "stepped", "suspended", "memory")
_TIMES: Final = ("due", "reviewed_at", "buried_until")


def snapshot(item: Item) -> dict[str, Any]:
    """All fields but whose it is and what it is called, as JSON can hold them."""
    plain = {field: getattr(item, field) for field in _PLAIN}
    times = {field: getattr(item, field) for field in _TIMES}
    return plain | {field: at and at.isoformat() for field, at in times.items()}


def put_back(item: Item, taken: dict[str, Any]) -> None:
    """The item becomes what it was when the snapshot was taken, and is saved."""
    for field in _PLAIN:
        setattr(item, field, taken[field])
    for field in _TIMES:
        setattr(item, field, taken[field] and datetime.fromisoformat(taken[field]))
    item.save()
