"""Which items are due, and when one comes back."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from trainer.accounts.models import User
from trainer.schedule.models import Item


def due(owner: User, now: datetime, prefix: str = "") -> QuerySet[Item]:
    """The items whose key begins with `prefix` and that are due at `now`, longest due first."""
    mine = Item.objects.filter(owner=owner, due__lte=now, key__startswith=prefix)
    return mine.order_by("due", "key")


def due_at(owner: User, key: str) -> datetime | None:
    """When the item comes back; None where it was never answered."""
    return Item.objects.filter(owner=owner, key=key).values_list("due", flat=True).first()


def next_due(owner: User, now: datetime, prefix: str = "") -> datetime | None:
    """When the first item that is not due yet comes back."""
    later = Item.objects.filter(owner=owner, due__gt=now, key__startswith=prefix)
    return later.order_by("due").values_list("due", flat=True).first()


def reviewed(owner: User, prefix: str = "") -> dict[str, datetime]:
    """By key: when each item was answered last."""
    mine = Item.objects.filter(owner=owner, key__startswith=prefix)
    return dict(mine.values_list("key", "reviewed_at"))


def those(owner: User, keys: Iterable[str]) -> dict[str, Item]:
    """The items of that name, by key."""
    return {item.key: item for item in Item.objects.filter(owner=owner, key__in=list(keys))}
