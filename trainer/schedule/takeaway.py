"""What a person takes along of the schedule."""

from trainer.accounts.models import User
from trainer.schedule.models import Item, Preferences, Review, Sighting


def schedule(person: User) -> dict[str, object]:
    """Exporter "schedule": what comes back when, each answer, and each point seen."""
    items = Item.objects.filter(owner=person).order_by("key")
    reviews = Review.objects.filter(owner=person).order_by("at", "key")
    points = Sighting.objects.filter(owner=person).order_by("at", "point")
    return {
        "preferences": Preferences.objects.filter(owner=person).values().first(),
        "items": list(items.values("key", "due", "reviewed_at", "reviews", "suspended")),
        "reviews": list(reviews.values("key", "at", "rating")),
        "points": list(points.values("pack", "point", "covered", "at", "where")),
    }
