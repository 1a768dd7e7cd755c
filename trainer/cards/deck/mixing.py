"""The order in which a newcomer meets the cards. Pure."""

from collections.abc import Sequence

from trainer.cards.deck.card import Card


def interleaved(groups: Sequence[Sequence[Card]]) -> list[Card]:
    """All cards of the groups, each group in its order and spread evenly over the whole."""
    placed = [
        ((place + 0.5) / len(group), number, card)
        for number, group in enumerate(groups)
        for place, card in enumerate(group)
    ]
    return [card for _, _, card in sorted(placed, key=lambda each: each[:2])]
