"""What a person takes along of the cards."""

from trainer.accounts.models import User
from trainer.cards.models import OwnCard, Remark


def cards(person: User) -> dict[str, object]:
    """Exporter "cards": one's own cards, and one's notes on those of the site. When each comes back
    is in the schedule's part."""
    own = OwnCard.objects.filter(owner=person).order_by("created_at", "id")
    notes = Remark.objects.filter(owner=person).order_by("key")
    return {
        "own": list(
            own.values("id", "front", "back", "tags", "origin", "created_at", "changed_at")
        ),
        "notes": list(notes.values("key", "note", "tags", "changed_at")),
    }
