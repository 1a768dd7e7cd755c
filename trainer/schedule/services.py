"""Telling the schedule that an item was answered."""

from datetime import datetime

from django.db import transaction

from trainer.accounts.models import User
from trainer.schedule.memory import Given, remembered
from trainer.schedule.models import Item, Review


@transaction.atomic
def answered(owner: User, key: str, rating: int, at: datetime, once: str = "") -> Item:
    """The item that `owner` answered at `at`, with when it is due again.

    `rating`: 1 (not known) to 4 (easily). `once` names the answer: told again under the same name,
    it counts once, as it was first told; without a name its time is the name. Answers may come out
    of order. Raises ValueError for another rating.
    """
    if rating not in (1, 2, 3, 4):
        raise ValueError(f"The rating {rating} of {key} is none of 1, 2, 3 and 4.")
    Item.objects.get_or_create(owner=owner, key=key, defaults={"due": at, "reviewed_at": at})
    item = Item.objects.select_for_update().get(owner=owner, key=key)
    Review.objects.get_or_create(
        owner=owner, key=key, once=once or at.isoformat(), defaults={"at": at, "rating": rating}
    )
    return _computed(item)


def _computed(item: Item) -> Item:
    rows = Review.objects.filter(owner_id=item.owner_id, key=item.key)
    answers = [Given(*row) for row in rows.values_list("at", "rating")]
    memory = remembered(answers)
    item.due, item.memory = memory.due, memory.stored
    item.reviews, item.reviewed_at = len(answers), max(given.at for given in answers)
    item.save()
    return item
