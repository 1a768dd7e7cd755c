"""An item as it is, to be put back to the letter."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from trainer.schedule.models import Item

_PLAIN: Final = ("reviews", "lapses", "state", "stepped", "suspended", "memory")
_TIMES: Final = ("due", "reviewed_at")


def snapshot(item: Item) -> dict[str, Any]:
    """All that an answer can change, as JSON can hold it."""
    plain = {field: getattr(item, field) for field in _PLAIN}
    times = {field: getattr(item, field) for field in _TIMES}
    return plain | {field: at.isoformat() for field, at in times.items()}


def put_back(item: Item, taken: Mapping[str, Any]) -> None:
    """The item becomes what it was when the snapshot was taken; it is not saved."""
    for field in _PLAIN:
        setattr(item, field, taken[field])
    for field in _TIMES:
        setattr(item, field, datetime.fromisoformat(taken[field]))
