"""A person who answered cards, made in bulk: the days are told from today, in UTC."""

from datetime import datetime, timedelta

from trainer.accounts.models import User
from trainer.cards.chosen import content_cards
from trainer.schedule.memory import REVIEW
from trainer.schedule.models import Item, Review

NOON = datetime.fromisoformat("2026-03-12T12:00+00:00")


def content_keys(count: int) -> list[str]:
    """Of the first cards of the pack."""
    return list(content_cards("twitter"))[:count]


def reviewed(owner: User, days_ago: int, ratings: list[int], state_before: int = REVIEW) -> None:
    """So many answers, ten seconds apart, on one day."""
    at = NOON - timedelta(days=days_ago)
    Review.objects.bulk_create(
        Review(
            owner=owner,
            key=key,
            at=at + timedelta(seconds=10 * n),
            rating=rating,
            once=f"{days_ago}:{n}",
            state_before=state_before,
        )
        for n, (key, rating) in enumerate(zip(content_keys(len(ratings)), ratings, strict=True))
    )


def due(owner: User, key: str, in_days: int, **fields: object) -> Item:
    """A card in review that is due so many days from now."""
    shown = {"reviews": 1, "state": REVIEW, "stepped": True, **fields}
    at = NOON + timedelta(days=in_days)
    memory = {
        "card_id": 0,
        "state": REVIEW,
        "step": None,
        "stability": 10.0,
        "difficulty": 5.0,
        "due": at.isoformat(),
        "last_review": (NOON - timedelta(days=5)).isoformat(),
    }
    last = NOON - timedelta(days=5)
    return Item.objects.create(
        owner=owner, key=key, due=at, reviewed_at=last, memory=memory, **shown
    )
