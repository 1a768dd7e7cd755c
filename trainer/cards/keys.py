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


def pack_of(key: str) -> str | None:
    """The pack of a content card's key; None for one's own card, and for what is no card's key."""
    if not key.startswith(CARDS) or key.startswith(OWN):
        return None
    pack, colon, card_id = key.removeprefix(CARDS).partition(":")
    return pack if colon and card_id else None
