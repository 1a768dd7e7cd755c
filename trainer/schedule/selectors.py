"""Which items are due, when one comes back, and on whose terms."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from trainer.accounts.models import User
from trainer.schedule.memory import Memory
from trainer.schedule.models import Item, Preferences
from trainer.schedule.terms import DRILL, LEARNING_STEPS, RELEARNING_STEPS, Terms


def awake(owner: User, now: datetime, prefix: str = "") -> QuerySet[Item]:
    """The items that were answered and are neither suspended nor buried at `now`."""
    mine = Item.objects.filter(owner=owner, key__startswith=prefix, reviews__gt=0, suspended=False)
    return mine.filter(Q(buried_until=None) | Q(buried_until__lte=now))


def due(owner: User, now: datetime, prefix: str = "") -> QuerySet[Item]:
    """The items whose key begins with `prefix` and that are due at `now`, longest due first."""
    return awake(owner, now, prefix).filter(due__lte=now).order_by("due", "key")


def due_at(owner: User, key: str) -> datetime | None:
    """When the item comes back; None where it was never answered."""
    mine = Item.objects.filter(owner=owner, key=key, reviews__gt=0)
    return mine.values_list("due", flat=True).first()


def next_due(owner: User, now: datetime, prefix: str = "") -> datetime | None:
    """When the first item that is not due yet comes back."""
    later = awake(owner, now, prefix).filter(due__gt=now)
    return later.order_by("due").values_list("due", flat=True).first()


def reviewed(owner: User, prefix: str = "") -> dict[str, datetime]:
    """By key: when each item was answered last."""
    mine = Item.objects.filter(owner=owner, key__startswith=prefix, reviews__gt=0)
    return dict(mine.values_list("key", "reviewed_at"))


def those(owner: User, keys: Iterable[str]) -> dict[str, Item]:
    """The items of that name, by key; also those that were never answered but set aside."""
    return {item.key: item for item in Item.objects.filter(owner=owner, key__in=list(keys))}


def memory_of(item: Item | None) -> Memory | None:
    """What is remembered of the item; None before its first answer."""
    if item is None or not item.reviews:
        return None
    return Memory(item.due, item.memory, item.state, item.lapses)


def preferences(owner: User | None) -> Preferences:
    """The person's own, or the usual ones, not stored."""
    own = Preferences.objects.filter(owner=owner).first() if owner else None
    return own or Preferences(owner=owner)


def terms_of(preferences: Preferences, *, stepped: bool) -> Terms:
    """The terms of an item: a stepped one's are the person's own."""
    if not stepped:
        return DRILL
    return Terms(
        preferences.retention,
        LEARNING_STEPS,
        RELEARNING_STEPS,
        preferences.utc_offset_min,
        preferences.interview_on,
    )
