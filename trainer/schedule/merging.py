"""A guest's items and answers join those of an account."""

from django.db.models import Count

from trainer.accounts.models import User
from trainer.schedule import selectors
from trainer.schedule.models import Item, Review
from trainer.schedule.services import recap, refold


def keep_aside(guest: User, account: User) -> None:
    """What the guest set aside stays so, of items that are the account's as well."""
    aside = Item.objects.filter(owner=guest, suspended=True)
    Item.objects.filter(owner=account, key__in=aside.values("key")).update(suspended=True)


def rejoined(owner: User) -> None:
    """Counts in the answers of a guest whose items were the account's own already, and lets all
    items come by the account's own interview date."""
    counted = Review.objects.filter(owner=owner).values("key").annotate(times=Count("id"))
    times = dict(counted.values_list("key", "times"))
    for item in Item.objects.filter(owner=owner, key__in=times):
        if item.reviews != times[item.key]:
            refold(item)
    recap(owner, selectors.preferences(owner))


def rename(owner: User, names: dict[str, str]) -> None:
    """Items and answers of one key go to another one, which the owner has nothing of."""
    for model in (Item, Review):
        mine = model._default_manager.filter(owner=owner)
        for key in mine.filter(key__in=names).values_list("key", flat=True).distinct():
            mine.filter(key=key).update(key=names[key])
