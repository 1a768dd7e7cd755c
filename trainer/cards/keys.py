"""What the schedule calls a card. Pure."""

from typing import Final

CARDS: Final = "card:"
OWN: Final = "card:own:"


def content_prefix(pack: str) -> str:
    """Of every card that is made from a pack. No pack is called "own": see `catalog.loader`."""
    return f"{CARDS}{pack}:"


def content_key(pack: str, card_id: str) -> str:
    """The key of a card that is made from a pack."""
    return f"{content_prefix(pack)}{card_id}"


def own_key(public_id: str) -> str:
    """The key of a person's own card."""
    return f"{OWN}{public_id}"
