"""The cards in question: all of a pack and one's own, or those of a topic or a tag."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Concat

from trainer.accounts.models import User
from trainer.cards.deck import deck
from trainer.cards.deck.card import Card
from trainer.cards.keys import OWN, content_key
from trainer.cards.models import OwnCard, Remark
from trainer.catalog.packs import get_pack


class _IsWordOf(Func):
    """Whether the first, which has no space, is a word of the second."""

    template = "%(expressions)s, ' '))"
    arg_joiner = " = ANY(string_to_array("
    output_field = BooleanField()


@dataclass(frozen=True)
class Chosen:
    """`content`: the pack's cards by key, in the order in which new ones come. `own`: which of
    one's own cards are among them; None where none is. `all_own`: all of them."""

    pack: str
    content: Mapping[str, Card]
    own: "QuerySet[OwnCard] | None"
    all_own: bool = True

    @property
    def items(self) -> Q:
        """Which items of the schedule belong to these cards."""
        if self.own is None:
            return self.content_items
        mine = {"key__startswith": OWN} if self.all_own else {"key__in": _names(self.own)}
        return self.content_items | Q(**mine)

    @property
    def content_items(self) -> Q:
        """Those of the pack's cards. All keys are one text: as hundreds of parameters, or an array,
        they take longer to write than Postgres to answer."""
        return Q(_IsWordOf(F("key"), Value(" ".join(self.content))))


def chosen(owner: User | None, pack: str, topic: str = "", tag: str = "") -> Chosen:
    """The cards of a topic ("": of all; "own": one's own alone) that have the tag ("": any), of
    the pack, of the card, or the person's own. An unknown one has no cards. Raises UnknownPack."""
    content = content_cards(pack, topic)
    own = OwnCard.objects.filter(owner=owner) if owner and topic in ("", "own") else None
    if not tag:
        return Chosen(pack, content, own)
    marked = Remark.objects.filter(owner=owner, tags__contains=[tag])
    keys = set(marked.values_list("key", flat=True))
    tagged = {key: card for key, card in content.items() if tag in card.tags or key in keys}
    mine = None if own is None else own.filter(tags__contains=[tag])
    return Chosen(pack, tagged, mine, all_own=False)


@lru_cache(maxsize=64)
def content_cards(pack: str, topic: str = "") -> Mapping[str, Card]:
    """The pack's cards of a topic ("": all) by key, in their order. Raises UnknownPack."""
    cards = (card for card in deck(get_pack(pack)) if topic in ("", card.topic))
    return {content_key(pack, card.id): card for card in cards}


def named(own: QuerySet[OwnCard]) -> Any:
    """The cards with their name in the schedule, `name`."""
    return own.annotate(name=Concat(Value(OWN), F("id")))


def _names(own: QuerySet[OwnCard]) -> Any:
    return named(own).values("name")
