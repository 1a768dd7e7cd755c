"""The cards that are made from content, of all packs."""

from trainer.cards.chosen import content_cards
from trainer.cards.deck.card import Card
from trainer.catalog.packs import pack_slugs


def site_cards() -> dict[str, Card]:
    """By key."""
    return {key: card for pack in pack_slugs() for key, card in content_cards(pack).items()}
