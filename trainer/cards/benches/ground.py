"""People with cards for a bench, made in bulk and removed afterwards. Leftovers go first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.db import connection

from trainer.accounts.models import User
from trainer.cards.keys import OWN
from trainer.cards.models import OwnCard
from trainer.lib.ids import new_id
from trainer.schedule.memory import REVIEW
from trainer.schedule.models import Item, Preferences, Review

PREFIX: Final = "bench-cards-"  # of their names
NEW_SHARE: Final = 10  # one card in so many was never answered
_DUE_DAYS: Final = 40  # over which the answered ones are due; half are due before or today
_BATCH: Final = 2_000

# Every answered card gets so many answers, a day apart; the newest keeps what an undo needs.
_REVIEWS: Final = """
INSERT INTO schedule_review (owner_id, key, at, rating, once, state_before, before)
SELECT item.owner_id, item.key, item.reviewed_at - make_interval(days => n),
       CASE WHEN (item.id + n) %% 10 = 0 THEN 1 ELSE 3 END, 'bench-' || n, 2,
       CASE WHEN n = 0 THEN item.memory END
FROM schedule_item AS item, generate_series(0, %(each)s - 1) AS n
WHERE item.owner_id = %(owner)s ORDER BY n DESC, item.id
"""


@contextmanager
def people(now: datetime, *sizes: tuple[int, int]) -> Iterator[list[User]]:
    """One person for each (cards, reviews): own cards, nine of ten answered, in review."""
    _remove()
    try:
        yield [_person(now, cards, reviews) for cards, reviews in sizes]
    finally:
        _remove()


def _remove() -> None:
    for person in User.objects.filter(username__startswith=PREFIX):
        person.delete()


def _person(now: datetime, cards: int, reviews: int) -> User:
    owner = User.objects.create(
        username=f"{PREFIX}{new_id()}", password=make_password(None), is_guest=True
    )
    Preferences.objects.create(owner=owner, reviews_a_day=2_000)
    own = [
        OwnCard(
            id=new_id(),
            owner=owner,
            front=f"What does **card {n}** ask?",
            back=f"What card {n} says, in a line of *Markdown*.",
            created_at=now,
            changed_at=now,
        )
        for n in range(cards)
    ]
    OwnCard.objects.bulk_create(own, batch_size=_BATCH)
    answered = [card for n, card in enumerate(own) if n % NEW_SHARE]
    each = reviews // len(answered)
    items = (_item(owner, card, n, each, now) for n, card in enumerate(answered))
    Item.objects.bulk_create(items, batch_size=_BATCH)
    _answer(owner, each)
    return owner


def _item(owner: User, card: OwnCard, n: int, reviews: int, now: datetime) -> Item:
    due = now + timedelta(days=n % _DUE_DAYS - _DUE_DAYS // 2, seconds=-n)
    last = min(due, now) - timedelta(days=10)
    memory: dict[str, Any] = {
        "card_id": 0,
        "state": REVIEW,
        "step": None,
        "stability": 10.0,
        "difficulty": 5.0,
        "due": due.isoformat(),
        "last_review": last.isoformat(),
    }
    return Item(
        owner=owner,
        key=f"{OWN}{card.id}",
        due=due,
        reviewed_at=last,
        reviews=reviews,
        state=REVIEW,
        stepped=True,
        memory=memory,
    )


def _answer(owner: User, each: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_REVIEWS, {"owner": owner.pk, "each": each})
        # As the server does by itself after a while: its plans rest on it.
        for model in (Item, Review, OwnCard):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
