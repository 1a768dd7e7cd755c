"""The cards in question: all of a pack and one's own, or those of a topic."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q

from trainer.cards.deck import deck
from trainer.cards.deck.card import Card
from trainer.cards.keys import OWN, content_key
from trainer.catalog.packs import get_pack


@dataclass(frozen=True)
class Chosen:
    """`content`: the pack's cards by key, in the order in which new ones come. `own`: whether
    one's own cards are among them."""

    pack: str
    content: Mapping[str, Card]
    own: bool

    @property
    def items(self) -> Q:
        """Which items of the schedule belong to these cards."""
        among = Q(key__in=list(self.content))
        return among | Q(key__startswith=OWN) if self.own else among


@lru_cache(maxsize=64)
def chosen(pack: str, topic: str = "") -> Chosen:
    """The cards of a topic ("": of all; "own": one's own alone). An unknown topic has no cards.

    Raises UnknownPack.
    """
    cards = [card for card in deck(get_pack(pack)) if topic in ("", card.topic)]
    content = {content_key(pack, card.id): card for card in cards}
    return Chosen(pack, content, own=topic in ("", "own"))
